import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, open } from 'node:fs/promises';
import { AkinError } from '../errors.js';

/** A backup as it lies in its file. */
export interface BackupSeal {
  /** Of the database in it. */
  bytes: number;
  /** SHA-256 of the database in it, in hexadecimal. */
  sha256: string;
}

/**
 * A backup is an SQLite database, which `sqlite3` opens as it is, and behind it one line of this length that tells how
 * long the database is and what its hash is.
 */
export const TRAILER_BYTES = 128;
const TRAILER = /^\nakin backup 1 (\d+) ([0-9a-f]{64}) *\n$/;

/** Puts the line behind a database that makes it a backup. */
export async function sealBackup(path: string): Promise<BackupSeal> {
  const seal = await hashOf(path);
  const line = `\nakin backup 1 ${seal.bytes} ${seal.sha256}`;
  await appendFile(path, `${line.padEnd(TRAILER_BYTES - 1)}\n`);
  return seal;
}

/** What a file says of itself if it is a backup, whole or not; null for any other. */
export async function readSeal(path: string): Promise<BackupSeal | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size <= TRAILER_BYTES) return null;
    const { buffer } = await file.read(Buffer.alloc(TRAILER_BYTES), 0, TRAILER_BYTES, size - TRAILER_BYTES);
    const [, bytes, sha256] = TRAILER.exec(buffer.toString('latin1')) ?? [];
    return bytes !== undefined && sha256 !== undefined && Number(bytes) === size - TRAILER_BYTES
      ? { bytes: Number(bytes), sha256 }
      : null;
  } finally {
    await file.close();
  }
}

/**
 * Reads a whole backup and compares it with its hash.
 * @throws AkinError PATH_NOT_FOUND or BACKUP_DAMAGED
 */
export async function verifyBackup(path: string): Promise<BackupSeal> {
  let seal: BackupSeal | null;
  try {
    seal = await readSeal(path);
  } catch (error) {
    throw new AkinError(
      'PATH_NOT_FOUND',
      `The backup ${path} can't be read. Check its name and permissions.`,
      {
        cause: error,
      },
    );
  }
  const found = seal && (await hashOf(path, seal.bytes));
  if (seal && found?.sha256 === seal.sha256 && found.bytes === seal.bytes) return seal;
  throw new AkinError(
    'BACKUP_DAMAGED',
    `${path} is no whole backup of Akin's: ${seal ? 'its content does not fit its SHA-256' : 'it does not end as one does'}. Copy it again, or take another backup.`,
  );
}

/** The hash of a file's first bytes, all of them by default. */
async function hashOf(path: string, most = Number.POSITIVE_INFINITY): Promise<BackupSeal> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { end: most - 1, highWaterMark: 1 << 20 })) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
