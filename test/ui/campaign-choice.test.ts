/** What of a campaign there is to choose, in which order it stands, and what its table says. */
import { expect, test } from 'vitest';
import type { GraphId } from '../../src/core/ids.ts';
import { say } from '../../src/core/say.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import { cellsIn } from '../../src/file/cells.ts';
import type { Placing } from '../../src/measure/campaign.ts';
import { readReferences } from '../../src/measure/look-reference.ts';
import {
  campaignCsv,
  choicesAmong,
  foundInWords,
  inOrderOf,
  isOfCampaign,
  passesFilter,
  type ComparedDeliverable,
} from '../../src/ui/campaign-choice.ts';
import type { Deliverable } from '../../src/ui/campaign-listing.ts';
import { takeOf } from '../rig/takes.ts';

const MONTH = Date.parse('2026-10-05');
const deliverable = (id: string, graph: string, over: Partial<Deliverable> & { readonly tags?: string[] } = {}) => {
  const { tags = [], ...rest } = over;
  return {
    take: takeOf(id, {
      graphId: graph as GraphId,
      at: MONTH,
      request: { prompt: { text: '' } } as TakeRecord['request'],
    }),
    graph: { id: graph as GraphId, title: graph.toUpperCase(), tags },
    ...rest,
  } as unknown as Deliverable;
};
const { graph: _, ...orphan } = deliverable('t4', 'gone');
const all: readonly Deliverable[] = [
  deliverable('t1', 'b', { tags: ['spring', 'film'] }),
  deliverable('t2', 'a', { tags: ['spring'], row: say('Row {0}', 1) }),
  deliverable('t3', 'a', { tags: ['spring'] }),
  orphan,
];
const placed = (at: number, palette: number, time?: number): ComparedDeliverable => ({
  deliverable: all[at]!,
  placing: { distance: { palette, light: 1, structure: 2, ...(time === undefined ? {} : { time }) } },
});

test('tags, batches and graphs can be chosen, with how much there is of each; what is of a graph that is gone is in all', () => {
  expect(choicesAmong(all)).toEqual({
    tags: [
      { key: 'tag:film', name: 'film', count: 1 },
      { key: 'tag:spring', name: 'spring', count: 3 },
    ],
    batches: [{ key: 'batch:a', name: 'A', count: 1 }],
    graphs: [
      { key: 'graph:a', name: 'A', count: 2 },
      { key: 'graph:b', name: 'B', count: 1 },
    ],
  });
  const ids = (key: Parameters<typeof isOfCampaign>[1]) =>
    all.filter((one) => isOfCampaign(one, key)).map(({ take }) => take.id);
  expect(ids('all')).toEqual(['t1', 't2', 't3', 't4']);
  expect(ids('tag:spring')).toEqual(['t1', 't2', 't3']);
  expect(ids('batch:a')).toEqual(['t2']);
  expect(ids('graph:a')).toEqual(['t2', 't3']);
  expect(passesFilter(all[0]!, { month: '2026-10', mode: 'delivery' })).toBe(true);
  expect(passesFilter(all[0]!, { month: '2026-11' })).toBe(false);
  expect(passesFilter(all[0]!, { mode: 'draft' })).toBe(false);
});

test('the farthest comes first, and what was not measured last', () => {
  const compared = [placed(0, 3), placed(1, 24), { deliverable: all[2]!, placing: undefined }, placed(3, 1, 5)];
  const by = (order: Parameters<typeof inOrderOf>[1]) =>
    inOrderOf(compared, order).map(({ deliverable: { take } }) => take.id);
  expect(by('palette')).toEqual(['t2', 't1', 't4', 't3']);
  // Five steps over time are more than two of colour.
  expect(by('look')).toEqual(['t4', 't2', 't1', 't3']);
  expect(by('over time')[0]).toBe('t4');
});

test('the table has a line for each, and figures only where they are known', () => {
  const placing: Placing = {
    distance: { palette: 24, light: 1, structure: 2 },
    found: { kind: 'stands out', dimension: 'palette', why: say('Its colours are {0} off.', 24) },
  };
  const text = campaignCsv([
    { deliverable: all[1]!, placing },
    { deliverable: all[3]!, placing: undefined },
  ]);
  const [head = [], ...lines] = cellsIn(text.slice(1).trim(), ',');
  const cells = (name: string) => lines.map((line) => line[head.indexOf(name)]);
  expect(cells('take')).toEqual(['t2', 't4']);
  expect(cells('tags')).toEqual(['spring', '']);
  expect(cells('row')).toEqual(['Row 1', '']);
  expect(cells('look steps')).toEqual(['2.000', '']);
  expect(cells('palette ΔE')).toEqual(['24.000', '']);
  expect(cells('over time steps')).toEqual(['', '']);
  expect(cells('why')).toEqual(['Its colours are 24 off.', '']);
});

test('stored references are read; damaged ones are left out', () => {
  const artifact = { kind: 'image', hash: 'a', width: 8, height: 8 };
  const take = { kind: 'take', take: 't1', artifact };
  const picture = { kind: 'picture', name: 'mood.png', artifact: { ...artifact, mime: 'image/png' } };
  expect(readReferences({ all: take, 'tag:spring': picture })).toEqual({ all: take, 'tag:spring': picture });
  for (const damaged of [
    7,
    { ...take, artifact: { ...artifact, hash: '' } },
    { ...take, take: 7 },
    { ...picture, artifact },
    { kind: 'clip', artifact },
    { ...take, artifact: { ...artifact, kind: 'sound' } },
  ])
    expect(readReferences({ all: damaged })).toEqual({});
  expect(readReferences(undefined)).toEqual({});
});

test('where none stands out it is said how many are far from the reference all the same', () => {
  const [near, far] = [placed(0, 2), placed(1, 40)];
  expect(foundInWords([near, near, near], false)).toBe('3 deliverables, all in line.');
  expect(foundInWords([near, far, far], false)).toBe(
    '3 deliverables: none stands out, but 2 are further from the reference look than is usual in a campaign.',
  );
});
