import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AkinError } from '../errors.js';
import { DATABASE_FILE } from '../storage/database-file.js';

/** Holds Akin's settings, which may name a password. */
export const SETTINGS_FILE = 'akin.config.json';

/** What an index keeps in its folder. */
const OF_INDEX = /^(akin\.db.*|vectors-.*|owner\.(json|key)|keys|spool)$/;

/** Names that programs give to private keys and to passwords. */
const SECRET_NAMES = /^(id_(rsa|dsa|ecdsa|ed25519)(_sk)?|\.env(\..*)?|.*\.(key|ppk|p12|pfx))$/i;
const SECRET_BEGINNING = /^\s*(-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----|PuTTY-User-Key-File-)/;
/** In bytes: enough to see a first line. */
const HEAD = 256;
/** A presentation of Keynote is a ZIP archive that ends in `.key`, too. */
const ZIP = Buffer.from('PK');

/** Whether a folder is an index, of this Akin or another: told by what lies in it. */
function isIndexFolder(folder: string): boolean {
  return existsSync(join(folder, DATABASE_FILE));
}

/**
 * Whether a path is Akin's own: its settings, or anything that an index keeps in its folder. Read as a document, it would
 * hand its keys to anyone who can search.
 * @param path with all links followed
 */
export function isOwnPath(path: string): boolean {
  if (isSettings(path)) return true;
  for (let own = path; dirname(own) !== own; own = dirname(own)) {
    if (OF_INDEX.test(basename(own)) && isIndexFolder(dirname(own))) return true;
  }
  return false;
}

/** Whether a path below folders of documents is to be passed over: it is Akin's own, or an index. */
export function isOutOfCorpus(path: string, roots: ReadonlySet<string>): boolean {
  return isOwnPath(path) || (!roots.has(path) && isIndexFolder(path));
}

/** The paths of an archive, with `/`, that are of an index or Akin's settings. */
export function ownPathsOf(paths: string[]): Set<string> {
  const indexes = new Set(
    paths.filter((path) => basename(path) === DATABASE_FILE).map((path) => dirname(path)),
  );
  const isOwn = (path: string): boolean => {
    for (let own = path; own !== '.'; own = dirname(own)) {
      if (OF_INDEX.test(basename(own)) && indexes.has(dirname(own))) return true;
    }
    return isSettings(path);
  };
  return new Set(paths.filter(isOwn));
}

/** For a path that is Akin's own and was named, or stands in an archive. */
export function ownPathError(path: string): AkinError {
  return new AkinError(
    'OWN_FILE',
    `${path} belongs to Akin itself: it is a settings file or part of an index, and never read as a document. Name the folder that holds your documents.`,
  );
}

/**
 * Refuses what nobody means to show to those who search: private keys, files of passwords, Akin's settings.
 * @throws AkinError PRIVATE_KEY or OWN_FILE
 */
export function refuseSecret(bytes: Uint8Array, name: string): void {
  const file = basename(name);
  if (isSettings(file)) throw ownPathError(name);
  if (ZIP.equals(bytes.subarray(0, ZIP.length))) return;
  const head = Buffer.from(bytes.subarray(0, HEAD)).toString('latin1');
  if (!SECRET_NAMES.test(file) && !SECRET_BEGINNING.test(head)) return;
  throw new AkinError(
    'PRIVATE_KEY',
    `By its name or first line, ${file} is a private key or holds passwords, which anyone who can search could read. If it is neither, rename it.`,
  );
}

function isSettings(path: string): boolean {
  return basename(path) === SETTINGS_FILE;
}
