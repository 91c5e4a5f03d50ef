/**
 * Compiles the AssemblyScript kernels to a TypeScript module that carries the WebAssembly as base64, so that Node,
 * pages and workers load the same bytes without a request, and what can be called in it as types. Does nothing when the
 * sources have not changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const source = join(root, 'src/raster/assembly');
const target = join(root, 'src/raster/generated/kernel-bytes.ts');

/** @returns {Promise<boolean>} whether it had to compile */
export async function buildKernels() {
  const hash = createHash('sha256');
  for (const name of readdirSync(source).sort()) hash.update(name).update(readFileSync(join(source, name)));
  const stamp = hash.digest('hex').slice(0, 16);
  if (existsSync(target) && readFileSync(target, 'utf8').includes(stamp)) return false;
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Map<string, string | Uint8Array>} */
  const written = new Map();
  const { error, stderr } = await asc.main(
    [
      'index.ts',
      '--baseDir',
      source,
      '-o',
      'kernels.wasm',
      '--bindings',
      'raw',
      '-O3',
      '--noAssert',
      '--enable',
      'simd',
      '--runtime',
      'stub',
      '--use',
      'abort=',
      '--initialMemory',
      '16',
      '--maximumMemory',
      '65536',
    ],
    { writeFile: (name, contents) => void written.set(name, contents) },
  );
  const wasm = written.get('kernels.wasm');
  const declared = written.get('kernels.d.ts');
  if (error || !wasm || !declared)
    throw new Error(`The pixel kernels did not compile.\n${/** @type {{ toString(): string }} */ (stderr).toString()}`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(
    target,
    [
      `/** Made from src/raster/assembly by src/setup/build-kernels.js; sources ${stamp}. */`,
      'export interface Kernels {',
      '  readonly memory: WebAssembly.Memory;',
      ...methodsOf(declared.toString()),
      '}',
      `export const KERNELS =\n  '${Buffer.from(wasm).toString('base64')}';\n`,
    ].join('\n'),
  );
  return true;
}

/** What the compiler says of each exported function, as the methods of an interface. @param {string} declared */
function methodsOf(declared) {
  return [...declared.matchAll(/export function (\w+\(.*\): \w+;)/g)].map(([, method]) => `  ${method}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels();
