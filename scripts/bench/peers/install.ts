import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));

/** Installs what is measured beside Akin, where it is not there yet; Akin itself needs none of it. */
export function installPeers(): void {
  if (existsSync(join(here, 'node_modules'))) return;
  execFileSync('npm', ['ci'], { cwd: here, stdio: 'inherit' });
}

/** Loads a package of scripts/bench/package.json. @param Peer what of it is used */
export async function loadPeer<Peer>(name: string): Promise<Peer> {
  const path = createRequire(join(here, 'package.json')).resolve(name);
  const loaded = await import(pathToFileURL(path).href);
  return { ...loaded.default, ...loaded } as Peer;
}
