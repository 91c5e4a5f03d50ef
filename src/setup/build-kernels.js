/**
 * Compiles the AssemblyScript kernels to a TypeScript module that carries the WebAssembly as base64, so that Node,
 * pages and workers load the same bytes without a request. Does nothing when the sources have not changed.
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
  /** @type {Map<string, Uint8Array>} */
  const written = new Map();
  const { error, stderr } = await asc.main(
    [
      'index.ts',
      '--baseDir',
      source,
      '-o',
      'kernels.wasm',
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
    { writeFile: (name, contents) => void written.set(name, /** @type {Uint8Array} */ (contents)) },
  );
  const wasm = written.get('kernels.wasm');
  if (error || !wasm)
    throw new Error(`The pixel kernels did not compile.\n${/** @type {{ toString(): string }} */ (stderr).toString()}`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(
    target,
    `/** Made from src/raster/assembly by src/setup/build-kernels.js; sources ${stamp}. */\nexport const KERNELS =\n  '${Buffer.from(wasm).toString('base64')}';\n`,
  );
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels();
