/** A film handed to an editing program: by the button, and read back from the archive. */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { bytesHash } from '../../src/media/identity.ts';
import { button, openFile, page, run } from './stage.ts';

const at = (type: string, params: object = {}) => ({ type, version: 1, params, position: { x: 0, y: 0 } });
const clip = (name: string, words: string) => ({
  [`${name}-prompt`]: at('prompt', { text: words }),
  [`${name}-still`]: at('image', { megapixels: '0.5' }),
  [name]: at('animate', { size: '480p' }),
});
const wire = (from: string, to: string, order = 0) => {
  const end = (text: string) => ({ node: text.split('.')[0], socket: text.split('.')[1] });
  return { from: end(from), to: end(to), order };
};
const wiresOf = (name: string, order: number) => [
  wire(`${name}-prompt.prompt`, `${name}-still.prompt`),
  wire(`${name}-still.image`, `${name}.image`),
  wire('motion.motion', `${name}.motion`),
  wire(`${name}.video`, 'film.videos', order),
];
const own = readFileSync('test/fixtures/clip-128x72.mp4');
const hash = await bytesHash(new Uint8Array(own));
const mime = 'video/mp4';
const ownClip = { hash, name: 'own.mp4', mime, width: 128, height: 72, clip: { fps: 24, frames: 48, hasSound: false } };
/** Three clips of six frames and one of one's own: a shared keyframe, a crossfade of two, a shared keyframe. */
const film = JSON.stringify({
  format: 'triptych',
  formatVersion: 5,
  title: 'Küste & Wald',
  nodes: {
    motion: at('motion', { seconds: 0.5, fps: '12' }),
    ...clip('a', 'a lighthouse at dusk'),
    ...clip('b', 'a cabin by a lake'),
    ...clip('c', 'a lone tree on a hill'),
    own: { ...at('import', { file: ownClip }), title: 'Own' },
    film: {
      ...at('stitch', { join: 'shared keyframe', joins: [{ after: 2, join: 'crossfade', seconds: 0.2 }] }),
      version: 3,
    },
  },
  media: { [hash]: { mime, name: 'own.mp4', data: own.toString('base64') } },
  wires: Object.fromEntries(
    ['a', 'b', 'c']
      .flatMap((name, order) => wiresOf(name, order))
      .concat(wire('own.video', 'film.videos', 3))
      .map((one, nth) => [`w${nth}`, one]),
  ),
});

test('the button hands off the clips as they are and three timelines; before there are clips it says why not', async () => {
  await openFile('film.triptych.json', film);
  await page.getByRole('radio', { name: 'draft' }).click();
  await button('Hand off the cut').click();
  await page
    .getByRole('log', { name: 'Notices' })
    .getByText('Shot 1 has no clip as it is now, so there is no cut to hand off.')
    .waitFor();
  expect(await run()).toMatch(/^Done/);

  const begins = page.waitForEvent('download');
  await button('Hand off the cut').click();
  const download = await begins;
  expect(download.suggestedFilename()).toBe('Küste & Wald.zip');
  const files = unzipSync(new Uint8Array(readFileSync(await download.path())));
  expect(Object.keys(files)).toEqual([
    'clips/01 a lighthouse at dusk.mp4',
    'clips/02 a cabin by a lake.mp4',
    'clips/03 a lone tree on a hill.mp4',
    'clips/04 Own.mp4',
    'Küste & Wald.otio',
    'Küste & Wald.edl',
    'Küste & Wald.xml',
  ]);
  for (const [path, bytes] of Object.entries(files).filter(([name]) => name.startsWith('clips/')))
    expect(new TextDecoder().decode(bytes.slice(4, 8)), path).toBe('ftyp');
  await page.getByText('Clips of another size or frame rate than the first (shots 4)').waitFor();
  expect(Buffer.from(files['clips/04 Own.mp4']!)).toEqual(own);
  const edl = new TextDecoder().decode(files['Küste & Wald.edl']);
  expect(edl.match(/(\d\d:\d\d:\d\d:\d\d ?){4}/g)).toEqual([
    '00:00:00:00 00:00:00:06 01:00:00:00 01:00:00:06',
    '00:00:00:01 00:00:00:04 01:00:00:06 01:00:00:09',
    '00:00:00:04 00:00:00:04 01:00:00:09 01:00:00:09',
    '00:00:00:00 00:00:00:06 01:00:00:09 01:00:01:03',
    '00:00:00:01 00:00:02:00 01:00:01:03 01:00:03:02',
  ]);
});
