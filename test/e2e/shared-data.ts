import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Collections that lie beside the checkout and are not part of it. */
export const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** Whether they are there; says so where they are not, since a test is then skipped. */
export function hasShared(path: string): boolean {
  const isThere = existsSync(SHARED + path);
  if (!isThere) console.warn(`SKIPPED: there is no ../shared/${path} beside the checkout`);
  return isThere;
}
