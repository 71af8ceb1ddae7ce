// Builds dist/: the server with tsc, the page and the data beside it.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = (project) =>
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', project], {
    cwd: root,
    stdio: 'inherit',
  });

rmSync(`${root}dist`, { recursive: true, force: true });
tsc('tsconfig.build.json');
mkdirSync(`${root}dist/web`, { recursive: true });
tsc('src/web/tsconfig.json');
cpSync(`${root}src/web`, `${root}dist/web`, { recursive: true, filter: (path) => !/\.ts$|tsconfig\.json$/.test(path) });
cpSync(`${root}src/language/glossary.tsv`, `${root}dist/language/glossary.tsv`);
