import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 6;
const SECRET_BYTES = 32;
const FORM = /^akin_([0-9a-f]{12})_([\w-]{43})$/;

/** A key as its holder has it: the id says which one, the secret that it is. */
export interface Secret {
  id: string;
  secret: string;
}

export function newSecret(): Secret {
  return {
    id: randomBytes(ID_BYTES).toString('hex'),
    secret: randomBytes(SECRET_BYTES).toString('base64url'),
  };
}

/** The text that a holder sends: `akin_<id>_<secret>`. */
export function writeSecret({ id, secret }: Secret): string {
  return `akin_${id}_${secret}`;
}

/** Null for what is no key of Akin's. */
export function readSecret(text: string): Secret | null {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : null;
}

/**
 * What is kept of a secret. A slow hash guards passwords, which can be guessed; nobody guesses 256 random bits, and every
 * request would pay for it.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** In a time that does not tell how much of it was right. */
export function fitsHash(secret: string, hash: string): boolean {
  const [given, kept] = [Buffer.from(hashSecret(secret), 'hex'), Buffer.from(hash, 'hex')];
  return given.length === kept.length && timingSafeEqual(given, kept);
}
