import type { Socket } from 'node:net';
import type { Turn, Turns } from './pglite-turns.js';
import { type Message, message, readMessages, readStart, text } from './wire.js';

const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const CANCEL_REQUEST = 80_877_102;

/** With these a client waits for an answer: what came before goes with them. */
const ENDS = ['Q', 'S', 'H'];

const COPY_IN = /^\s*COPY\s.+\sFROM\s+STDIN/is;

/** AuthenticationOk, what drivers look at, BackendKeyData, ReadyForQuery. */
const WELCOME = Buffer.concat([
  message('R', Buffer.alloc(4)),
  ...[
    ['server_version', '18.6'],
    ['server_encoding', 'UTF8'],
    ['client_encoding', 'UTF8'],
    ['DateStyle', 'ISO, MDY'],
    ['integer_datetimes', 'on'],
    ['standard_conforming_strings', 'on'],
  ].map(([name = '', value = '']) => message('S', Buffer.concat([text(name), text(value)]))),
  message('K', Buffer.alloc(8)),
  message('Z', 'I'),
]);

/** Serves one client. Its statements have their turns among those of others. */
export function serveConnection(socket: Socket, turns: Turns): void {
  let bytes: Buffer = Buffer.alloc(0);
  let welcomed = false;
  let unit: Buffer[] = [];
  let copy: { sql: string; data: Buffer[] } | null = null;
  const turn = (content: Omit<Turn, 'owner'>): void => turns.add({ owner: socket, ...content });

  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => turns.leave(socket));
  socket.on('data', (data: Buffer) => {
    bytes = Buffer.concat([bytes, data]);
    while (!welcomed) if (!begin()) return;
    const { messages, rest } = readMessages(bytes);
    bytes = rest;
    for (const each of messages) take(each);
  });

  function begin(): boolean {
    const start = readStart(bytes);
    if (!start) return false;
    bytes = bytes.subarray(start.length);
    if (start.code === SSL_REQUEST || start.code === GSS_REQUEST) socket.write('N');
    else if (start.code === CANCEL_REQUEST) socket.end();
    else {
      welcomed = true;
      socket.write(WELCOME);
    }
    return true;
  }

  function take({ type, bytes: whole, body }: Message): void {
    if (type === 'X') socket.end();
    else if (type === 'Q' && COPY_IN.test(String(body))) {
      copy = { sql: String(body.subarray(0, -1)), data: [] };
      // The columns' formats, which no driver looks at, are left out.
      socket.write(message('G', Buffer.from([0, 0, 0])));
    } else if (copy && type === 'd') copy.data.push(Buffer.from(body));
    else if (copy && type === 'c') {
      // PGlite copies from a file that is not one; it can't from its client.
      const sql = copy.sql.replace(/FROM\s+STDIN/i, "FROM '/dev/blob'");
      turn({ bytes: message('Q', text(sql)), blob: new Blob([Buffer.concat(copy.data)]) });
      copy = null;
    } else if (copy && type === 'f') {
      turn({
        bytes: message('Q', text("DO $$BEGIN RAISE 'COPY was given up' USING ERRCODE = '57014'; END$$")),
      });
      copy = null;
    } else {
      unit.push(Buffer.from(whole));
      if (!ENDS.includes(type)) return;
      turn({ bytes: Buffer.concat(unit) });
      unit = [];
    }
  }
}
