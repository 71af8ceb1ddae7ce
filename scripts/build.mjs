// Builds dist/: the server with tsc, the page and the widget with Vite, and the data beside them.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import createWabt from 'wabt';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = (project) =>
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', project], {
    cwd: root,
    stdio: 'inherit',
  });
const vite = { root: `${root}src/web`, configFile: false, logLevel: 'warn' };

rmSync(`${root}dist`, { recursive: true, force: true });
tsc('tsconfig.build.json');
// Checks alone: a catalogue that lacks a key stops the build here.
tsc('src/web/tsconfig.json');
await build({
  ...vite,
  // Assets as data: addresses would need a looser content security policy.
  build: {
    outDir: `${root}dist/web`,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: false,
  },
});
await build({
  ...vite,
  publicDir: false,
  build: {
    outDir: `${root}dist/web`,
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: 'widget/widget.tsx', formats: ['iife'], name: 'concordat', fileName: () => 'widget.js' },
  },
});
for (const name of ['glossary', 'general-words'])
  cpSync(`${root}src/language/${name}.tsv`, `${root}dist/language/${name}.tsv`);

const kernel = 'embeddings/use-lite/multiply';
const wabt = await createWabt();
const module = wabt.parseWat(`${kernel}.wat`, readFileSync(`${root}src/${kernel}.wat`, 'utf8'), { simd: true });
writeFileSync(`${root}dist/${kernel}.wasm`, module.toBinary({}).buffer);
