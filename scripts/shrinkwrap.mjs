// Writes npm-shrinkwrap.json for the package, or with --remove takes it away again. A package's own `overrides` do not hold
// where it is a dependency; what its shrinkwrap names does, so that who installs Akin gets the libraries that it was tested with.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const file = new URL('npm-shrinkwrap.json', root);

if (process.argv.includes('--remove')) rmSync(file, { force: true });
else {
  const { packages, ...lock } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));
  const { devDependencies: _ours, ...own } = packages[''];
  const used = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
  writeFileSync(
    file,
    `${JSON.stringify({ ...lock, packages: Object.fromEntries([['', own], ...used]) }, null, 2)}\n`,
  );
}
