// Builds dist/ from src/: the service and the page with the TypeScript compiler, the pages' other files as they are.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
const compiler = join(dirname(typescript), 'bin', 'tsc');

rmSync(join(root, 'dist'), { recursive: true, force: true });
for (const project of ['tsconfig.build.json', 'src/web/tsconfig.json']) {
  execFileSync(process.execPath, [compiler, '-p', join(root, project)], { stdio: 'inherit' });
}
cpSync(join(root, 'src/web'), join(root, 'dist/web'), {
  recursive: true,
  filter: (path) => !['.ts', '.json'].includes(extname(path)),
});

// The page at /docs is Swagger UI with a start of its own.
const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
cpSync(join(root, 'src/reference'), join(root, 'dist/reference'), { recursive: true });
for (const name of [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-bundle.js.LICENSE.txt',
  'LICENSE',
  'NOTICE',
]) {
  cpSync(join(swaggerUi, name), join(root, 'dist/reference', name));
}
chmodSync(join(root, 'dist/cli/main.js'), 0o755);
