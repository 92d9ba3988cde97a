// A PostgreSQL from npm as a process: tsx pglite-server.ts [--bare] [FOLDER]. Prints its port; ends with its standard input.
import { type AddressInfo, createServer } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { pg_textsearch } from '@electric-sql/pglite-pg_textsearch';
import { vector } from '@electric-sql/pglite-pgvector';
import { serveConnection } from './pglite-connection.js';
import { Turns } from './pglite-turns.js';

const [folder] = process.argv.slice(2).filter((argument) => argument !== '--bare');
const isBare = process.argv.includes('--bare');

const database = await PGlite.create({
  ...(folder ? { dataDir: folder } : {}),
  extensions: isBare ? {} : { vector, pg_textsearch },
});
const turns = new Turns(database);
const server = createServer((socket) => serveConnection(socket, turns));
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.stdin.resume().once('end', () => process.exit());
