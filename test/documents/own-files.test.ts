import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isOutOfCorpus, isOwnPath, ownPathsOf, refuseSecret } from '../../src/documents/own-files.js';
import { parseFile } from '../../src/documents/parse.js';
import { folderForTest } from '../e2e/process.js';
import { zipOf } from './archives.js';

const PEM =
  '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('what is Akin’s own', () => {
  it('is what an index keeps in its folder, and the settings wherever they lie', () => {
    const folder = folderForTest();
    mkdirSync(join(folder, 'index', 'keys'), { recursive: true });
    writeFileSync(join(folder, 'index', 'akin.db'), '');
    for (const own of [
      'owner.key',
      'owner.json',
      'akin.db-wal',
      'vectors-1-0.hnsw',
      'keys/0a.json',
      'spool/x/y.txt',
    ])
      expect([own, isOwnPath(join(folder, 'index', own))]).toEqual([own, true]);
    expect(isOwnPath(join(folder, 'akin.config.json'))).toBe(true);
    for (const other of ['notes.txt', 'keys.txt', 'owner.json', 'keys/0a.json', 'index/notes.txt'])
      expect([other, isOwnPath(join(folder, other))]).toEqual([other, false]);
    expect(isOutOfCorpus(join(folder, 'index'), new Set([folder]))).toBe(true);
    expect(isOutOfCorpus(join(folder, 'index'), new Set([join(folder, 'index')]))).toBe(false);
    expect(isOutOfCorpus(folder, new Set())).toBe(false);
  });

  it('is told in an archive by the same names', () => {
    const paths = [
      'a.txt',
      'in/akin.db',
      'in/owner.key',
      'in/keys/1.json',
      'in/b.txt',
      'keys/1.json',
      'x/akin.config.json',
    ];
    expect([...ownPathsOf(paths)]).toEqual([
      'in/akin.db',
      'in/owner.key',
      'in/keys/1.json',
      'x/akin.config.json',
    ]);
    expect([...ownPathsOf(['akin.db', 'spool/u', 'a.txt'])]).toEqual(['akin.db', 'spool/u']);
  });

  it('is named and left out of an archive, of which the rest is taken', async () => {
    const archive = await zipOf({
      'index/akin.db': 'SQLite format 3',
      'index/owner.json': '{"text": "pid 12 at http://127.0.0.1:3000"}',
      'akin.config.json': '{"text": "the password is swordfish"}',
      'ferry.txt': 'The ferry sails at noon from the old pier.',
    });
    const { documents, failures } = await parseFile(archive, 'all.zip');
    expect(documents.map(({ part }) => part)).toEqual(['ferry.txt']);
    expect(failures.map(({ item, code }) => `${item} ${code}`).sort()).toEqual([
      'all.zip/akin.config.json OWN_FILE',
      'all.zip/index/akin.db OWN_FILE',
      'all.zip/index/owner.json OWN_FILE',
    ]);
  });
});

describe('a private key', () => {
  it.each([
    ['notes.txt', PEM],
    ['server.pem', '-----BEGIN PRIVATE KEY-----\nMIIE\n'],
    ['mine.txt', 'PuTTY-User-Key-File-3: ssh-ed25519\n'],
    ['id_rsa', 'anything'],
    ['deploy.key', 'anything'],
    ['etc/.env', 'DATABASE_PASSWORD=swordfish'],
    ['.env.local', 'A=b'],
  ])('%s is refused, with what to do', (name, text) => {
    expect(() => refuseSecret(bytes(text), name)).toThrow(
      expect.objectContaining({
        code: 'PRIVATE_KEY',
        message: expect.stringContaining('rename it'),
      }),
    );
  });

  it.each([
    ['key.txt', 'The key to the harbour office was found.'],
    ['tls.md', `# How keys look\n\nThey begin so:\n\n${PEM}`],
    ['chain.pem', '-----BEGIN CERTIFICATE-----\nMIID\n'],
    ['slides.key', 'PK\x03\x04 of Keynote'],
  ])('%s is none', (name, text) => {
    refuseSecret(bytes(text), name);
  });

  it('is named in an archive, also by what it says of itself', async () => {
    const archive = await zipOf({
      'ssh/id_ed25519': PEM,
      'ssh/copy.txt': PEM,
      'a.txt': 'The ferry sails at noon.',
    });
    const { documents, failures } = await parseFile(archive, 'home.zip');
    expect(documents.map(({ part }) => part)).toEqual(['a.txt']);
    expect(failures.map(({ item, code }) => `${item} ${code}`).sort()).toEqual([
      'home.zip/ssh/copy.txt PRIVATE_KEY',
      'home.zip/ssh/id_ed25519 PRIVATE_KEY',
    ]);
  });
});
