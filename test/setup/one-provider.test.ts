/** What CONTRIBUTING.md says a provider consists of holds for every one there is, and nothing else knows its file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const section = readFileSync('CONTRIBUTING.md', 'utf8').split('## One provider\n')[1]!.split('\n## ')[0]!;
/** Each point's new files; one of them is enough where it names two. */
const points = section
  .split('\n- ')
  .map((point) => [...point.matchAll(/`([^`]*<name>[^`]*)`/g)].map(([, path]) => path!))
  .filter((paths) => paths.length > 0);
/** By their files, as the list of all has them. */
const providers = [...readFileSync('src/providers/adapters.ts', 'utf8').matchAll(/from '\.\/([\w-]+)\.ts'/g)]
  .map(([, name]) => name!)
  .filter((name) => name !== 'adapter');

test.each(providers)('%s is made of the files that are named there', (name) => {
  expect(points.length).toBeGreaterThan(2);
  const isThere = (path: string) => existsSync(path.replace('<name>', name));
  expect(points.filter((paths) => !paths.some(isThere))).toEqual([]);
});

test('the adapter of a service is imported by the list of them, and by no other source', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const importing = sources.filter((file) => {
    const imports = [...readFileSync(join('src', file), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from!);
    const isBeside = file.startsWith(join('providers', '/'));
    return imports.some(
      (from) =>
        providers.some((name) => from === `./${name}.ts` && isBeside) ||
        providers.some((name) => from.endsWith(`/providers/${name}.ts`)),
    );
  });
  expect(importing).toEqual([join('providers', 'adapters.ts')]);
});

test('every provider has its case among those that all have to pass', () => {
  const cases = readFileSync('test/rig/services.ts', 'utf8');
  expect(providers.filter((name) => !cases.includes(`'../contract/${name}.ts'`))).toEqual([]);
});
