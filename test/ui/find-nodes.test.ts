/** People find a node by what they call it, in both languages, and with a typing error. */
import { expect, test } from 'vitest';
import { registry } from '../../src/registry.ts';
import { findNodes } from '../../src/ui/find-nodes.ts';
import { OTHER_NAMES } from '../../src/ui/other-names.ts';

const all = [...registry.values()];
const find = (words: string) => findNodes(all, words).map(({ id }) => id);

test.each([
  ['video', 'animate'],
  ['img', 'image'],
  ['prmpt', 'prompt'],
  ['promtp', 'prompt'],
  ['text to image', 'image'],
  ['image to video', 'animate'],
  ['text to video', 'film'],
  ['img2img', 'reference'],
  ['upscael', 'upscale'],
  ['anmiate', 'animate'],
  ['vidoe', 'animate'],
  ['save', 'deliver'],
  ['crop', 'reframe'],
  ['cfg', 'guidance'],
  ['Text zu Bild', 'image'],
  ['bild zu video', 'animate'],
  ['farbe', 'grade'],
  ['Zeitlupe', 'retime'],
  ['vergrössern', 'upscale'],
  ['hochladen', 'import'],
  ['speichren', 'deliver'],
  ['save image', 'deliver'],
  ['load image', 'import'],
  ['ksampler', 'image'],
  ['load checkpoint', 'image'],
  ['clip text encode', 'prompt'],
  ['empty latent', 'aspect'],
  ['pictures', 'image'],
  ['Bild', 'image'],
  ['variations', 'seed'],
  ['image2video', 'animate'],
  ['animation', 'animate'],
  ['animieren', 'animate'],
  ['slomo', 'retime'],
])('“%s” finds %s first', (words, first) => expect(find(words)[0]).toBe(first));

test('words for several nodes find all of them', () => {
  expect(find('video')).toEqual(expect.arrayContaining(['animate', 'film', 'bridge', 'extend', 'stitch']));
  expect(find('blur')).toEqual(expect.arrayContaining(['motion', 'denoise']));
  expect(find('noise')).toEqual(expect.arrayContaining(['denoise', 'grain']));
});

test('what means nothing finds nothing, and a short word has to be right', () => {
  expect(find('xyzzy')).toEqual([]);
  expect(find('qq')).toEqual([]);
});

test('every node has words, and every word belongs to a node that is there', () => {
  expect(Object.keys(OTHER_NAMES).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
});
