/** What is sent of a clip that a service goes on from, and what is kept of what it gives back. */
import { expect, test } from 'vitest';
import type { Raster } from '../../src/core/values.ts';
import { newPartOf, withWhatIsSent } from '../../src/providers/going-on-by-clip.ts';
import { clipFrom, framesIn } from '../rig/run-node.ts';
import { takeRequest } from '../rig/requests.ts';
import { panning } from '../rig/samples.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const artifacts = testArtifacts();
const quiet = async () => {};
const FPS = 12;
const pan: Raster[] = [];
for await (const frame of panning(40, 64, 48)) pan.push(frame);
const clip = await clipFrom(artifacts, pan.slice(0, 24), { fps: FPS });
const going = takeRequest({ work: 'image to video', continues: { clip, tail: 0.9 } });
const fit = (tailFrames?: number) => ({ sends: { tailFrames } as never });

test('the end of it is sent, as many frames as were said', async () => {
  const { continues, still } = await withWhatIsSent(going, fit(11), artifacts, quiet);
  expect(still).toBeUndefined();
  expect(continues!.clip).toMatchObject({ frames: 11, fps: FPS, ends: { last: clip.ends!.last } });
  const sent = await framesIn(artifacts, continues!.clip);
  expect(sent.map(({ data }) => data)).toEqual(pan.slice(13, 24).map(({ data }) => data));
});

test('a model that takes none is given its last frame', async () => {
  const { continues, still } = await withWhatIsSent(going, fit(), artifacts, quiet);
  expect(continues!.clip).toBe(clip);
  expect(still!.hash).toBe(clip.ends!.last);
});

test.each([
  ['the new part alone is kept as it came', 23, 23],
  ['what begins with what was sent begins with the last frame of it then', 13, 23],
])('%s', async (_, from, begins) => {
  const sent = (await withWhatIsSent(going, fit(11), artifacts, quiet)).continues!.clip;
  const made = await clipFrom(artifacts, pan.slice(from, 40), { fps: FPS });
  const { artifact, isUncut } = await newPartOf(made, sent, artifacts, quiet);
  expect(isUncut).toBe(false);
  const frames = await framesIn(artifacts, artifact);
  expect(frames.map(({ data }) => data)).toEqual(pan.slice(begins, 40).map(({ data }) => data));
});
