import { expect, test } from 'vitest';
import { whyNotConnect } from '../../src/graph/connect.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';
import { inWords } from '../../src/core/say.ts';

const end = (text: string) => ({ node: text.split('.')[0] as NodeId, socket: text.split('.')[1]! });
const graph = graphOf({ prompt: 'prompt', image: 'image', up: 'upscale', up2: 'upscale', odd: 'unknown-thing' }, [
  'up.image > up2.image',
]);

test.each([
  ['prompt.prompt', 'image.prompt', undefined],
  ['prompt.prompt', 'image.seed', 'Prompt does not fit into Seed: it takes a seed, not a prompt.'],
  ['image.image', 'image.references', 'A node cannot feed itself.'],
  ['up2.image', 'up.image', 'That would close a circle. Graphs flow one way.'],
  ['image.image', 'up.nothing', 'That socket does not exist.'],
  ['odd.out', 'up.image', 'A placeholder for an unknown node cannot take new wires.'],
])('%s to %s: %s', (from, to, reason) => {
  const why = whyNotConnect(graph, registry, end(from), end(to));
  expect(why && inWords(why)).toBe(reason);
});
