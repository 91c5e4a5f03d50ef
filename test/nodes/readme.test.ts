/** The example of `nodes/README.md` is a node: it compiles, conforms, and has its German. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { NodeDefinition } from '../../src/core/node.ts';
import type { Raster } from '../../src/core/values.ts';
import de from '../../src/words/de.ts';
import { completeness, conformance, importsOf, LIGHT_IMPORT } from '../rig/conformance.ts';
import { contextOver } from '../rig/node-context.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';
import { textsOfNode } from '../rig/words.ts';

const readme = readFileSync('nodes/README.md', 'utf8');
const [, layer, name, source] = readme.match(/```ts\n\/\/ nodes\/(\w+)\/([\w-]+)\.ts\n([^]*?)```/)!;
const [, german] = readme.match(/```ts\n\/\/ src\/words\/de\.ts\n([^]*?)```/)!;

// Outside of `nodes/`, where every other test would find it; one level deeper, so its imports go up once more.
const folder = 'test/out/readme-node';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/${name}.ts`, source!.replaceAll(`'../../src/`, `'../../../src/`));
writeFileSync(`${folder}/words.ts`, `export default {\n${german}};\n`);
writeFileSync(
  `${folder}/tsconfig.json`,
  JSON.stringify({ extends: '../../../tsconfig.pure.json', include: ['../../../src/pure.d.ts', '*.ts'] }),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const load = async (file: string): Promise<unknown> =>
  ((await import(/* @vite-ignore */ `../../${folder}/${file}.ts`)) as { default: unknown }).default;
const definition = (await load(name!)) as NodeDefinition;
const words = (await load('words')) as Readonly<Record<string, string>>;
const alone = new Map([[definition.id, definition]]);

conformance(alone, testArtifacts);
completeness(alone);

test('it lies where its layer says, and imports what a node may', () => {
  expect([definition.layer, definition.id]).toEqual([layer, name]);
  for (const from of importsOf(source!)) expect(from).toMatch(LIGHT_IMPORT);
});

test('it compiles as strictly as the nodes do', () => {
  const { stdout, status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

test('its German is whole, and there is no more of it than it needs', () => {
  const texts = textsOfNode(definition);
  expect(texts.filter((text) => !(text in words) && !(text in de))).toEqual([]);
  expect(Object.keys(words).filter((text) => !texts.includes(text))).toEqual([]);
});

test('it does what it says', async () => {
  const artifacts = testArtifacts();
  const ctx = contextOver(artifacts, new AbortController().signal);
  const raster: Raster = {
    width: 2,
    height: 2,
    data: Uint8ClampedArray.from([1, 2, 3, 4].flatMap((n) => [n, n, n, 255])),
  };
  const image = await artifacts.writeImage({ raster });
  const flipped = async (across: string) => {
    const made = await definition.run({ inputs: { image }, params: { across } } as never, ctx);
    const { data } = (await artifacts.image(made['image'] as typeof image)).raster;
    return [0, 1, 2, 3].map((pixel) => data[pixel * 4]);
  };
  expect(await flipped('width')).toEqual([2, 1, 4, 3]);
  expect(await flipped('height')).toEqual([3, 4, 1, 2]);
});
