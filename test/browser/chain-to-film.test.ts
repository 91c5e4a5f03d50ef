/**
 * From a photograph that was brought in to a film of four shots that can be heard, in the nodes a person would use, with
 * real codecs; and the same film by text to video beside it. What holds is measured.
 */
import { ALL_FORMATS, BlobSource, EncodedPacketSink, Input } from 'mediabunny';
import { expect, test } from 'vitest';
import type { ArtifactHash } from '../../src/core/ids.ts';
import type { NodeDefinition } from '../../src/core/node.ts';
import { parseParams } from '../../src/core/params.ts';
import { inWords } from '../../src/core/say.ts';
import type { StoredClip } from '../../src/core/take.ts';
import type { FileValue, ImageValue, Raster, VideoValue } from '../../src/core/values.ts';
import { meetingAt, seamBetweenClips } from '../../src/measure/join.ts';
import { SEAM_LIMITS, seamInWords } from '../../src/measure/seam-findings.ts';
import { likeness } from '../../src/measure/stills.ts';
import { chainDrift, meanLookOf } from '../../src/measure/shot-drift.ts';
import { lossyOf } from '../../src/media/image.ts';
import { mixed } from '../../src/media/sound-track.ts';
import { crop, resize } from '../../src/raster/filters.ts';
import { registry } from '../../src/registry.ts';
import { sketchStill } from '../../src/sketch/sketch.ts';
import type { ArtifactStore } from '../../src/storage/artifact-store.ts';
import { importFile } from '../../src/worker/import-file.ts';
import { artifactsOver } from '../../src/worker/thread-artifacts.ts';
import { contextOver, takePlanFor } from '../rig/node-context.ts';
import { recording, strengthOf } from '../rig/recordings.ts';

const [FPS, FRAMES] = [12, 8];
const SECONDS = FRAMES / FPS;
const WORDS = 'a lone tree by a lake, hills';
const quiet = async () => {};

const blobs = new Map<ArtifactHash, Blob>();
const store: ArtifactStore = {
  has: async (hash) => blobs.has(hash),
  put: async (hash, _, blob) => void blobs.set(hash, blob),
  get: async (hash) => blobs.get(hash),
  used: () => {},
};
const artifacts = artifactsOver(store);

async function made(id: string, inputs: object, params: object = {}): Promise<unknown> {
  const definition = registry.get(id) as NodeDefinition;
  const given = { inputs, params: parseParams(definition.params, params as never).values } as never;
  const takePlan = definition.request && takePlanFor(definition, given, { mode: 'draft' });
  const outputs = await definition.run(given, contextOver(artifacts, new AbortController().signal, { takePlan }));
  return Object.values(outputs).find((output) => output !== undefined);
}
const clip = (...of: Parameters<typeof made>) => made(...of) as Promise<VideoValue>;
const picture = (...of: Parameters<typeof made>) => made(...of) as Promise<ImageValue>;
const imported = async (file: File) => made('import', {}, { file: (await importFile(store, file)).setting });
const motion = (move: string) => ({ kind: 'motion', move, amount: 0.4, easing: 'linear', seconds: SECONDS, fps: FPS });

/** As a camera gives it: a JPEG that says nothing of depth, and a clip of the same place with sound. */
async function fromACamera(): Promise<{ readonly photograph: ImageValue; readonly recorded: VideoValue }> {
  const scene = { prompt: WORDS, negative: '', seed: 3, guidance: 7, width: 480, height: 270 };
  const { raster } = await sketchStill({ ...scene, simple: true, references: [] }, quiet);
  const jpeg = new File([await lossyOf(raster, 'jpeg', 0.95)], 'lake.jpg', { type: 'image/jpeg' });
  const pictures = Array.from({ length: FRAMES }, (_, k): Raster => crop(raster, 20 + 2 * k, 10, 428, 240));
  const times = pictures.map((__, k) => k / FPS);
  const file = await recording({ width: 428, height: 240, times, pictures, seconds: SECONDS, hertz: 1000 });
  return { photograph: (await imported(jpeg)) as ImageValue, recorded: (await imported(file)) as VideoValue };
}

/** The shots of a film against its first one, and where they meet. */
async function measured(shots: readonly VideoValue[], join: string) {
  const clips = await Promise.all(shots.map((shot) => artifacts.clip(shot)));
  const looks = [];
  for (const one of clips) looks.push(await meanLookOf(one));
  const seams = [];
  for (const [at, next] of clips.slice(1).entries())
    seams.push(await seamBetweenClips(clips[at]!, next, meetingAt(join), quiet));
  const joins = [];
  for (const [at, next] of clips.slice(1).entries())
    joins.push(likeness(await frameOf(clips[at]!, clips[at]!.frames - 1), await frameOf(next, 0)));
  return { seams, joins, colours: chainDrift(looks).shots.map(({ colour }) => colour) };
}
async function frameOf(shot: StoredClip, index: number): Promise<Raster> {
  for await (const frame of shot.readFrom(index)) return resize(frame, 428, 240, quiet);
  throw new Error('There is no such frame.');
}
const figures = (values: readonly number[], places: number) => values.map((value) => value.toFixed(places)).join(', ');
const told = (how: string, { seams, joins, colours }: Awaited<ReturnType<typeof measured>>) =>
  `${how}: SSIM across the joins ${figures(joins, 2)}; ${figures(colours, 1)} ΔE from the first shot; ` +
  `joins: ${seams.map((seam) => inWords(seamInWords(seam))).join(' | ')}`;

/** What a player finds in the file. */
async function probed({ hash }: FileValue) {
  const file = blobs.get(hash)!;
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  const track = (await input.getPrimaryVideoTrack())!;
  let frames = 0;
  for await (const packet of new EncodedPacketSink(track).packets()) if (packet.timestamp >= 0) frames++;
  const seconds = await track.computeDuration();
  const heard: number[] = [];
  for await (const { data } of mixed([{ file: hash, from: 0, at: 0, seconds }], seconds, async () => file))
    for (let at = 0; at < data.length; at += 2) heard.push(data[at]!);
  const { primaries, transfer, matrix, fullRange } = (await track.getDecoderConfig())!.colorSpace!;
  const { displayWidth: width, displayHeight: height } = track;
  const toneBetween = (from: number, to: number) =>
    strengthOf(Float32Array.from(heard.slice(from * 48_000, to * 48_000)), 48_000, 1000);
  return { frames, width, height, seconds, colours: [primaries, transfer, matrix, fullRange], toneBetween };
}

test('a photograph becomes a film of four shots with sound; by text to video they part at every join', async () => {
  const { photograph, recorded } = await fromACamera();
  const prompt = { kind: 'prompt', text: WORDS, negative: '' };
  const first = await clip('animate', { image: photograph, motion: motion('pan right') }, { size: '480p' });
  const second = await clip('extend', { video: first }, { seconds: SECONDS });
  const third = await clip(
    'bridge',
    {
      image: await picture('grab', { video: second }, { at: 'last' }),
      lastFrame: await picture('grab', { video: recorded }, { at: 'first' }),
      motion: motion('pan right'),
    },
    { size: '480p' },
  );
  const shots = [first, second, third, recorded];
  expect(new Set(shots.map(({ width, height }) => `${width} × ${height}`))).toEqual(new Set(['428 × 240']));
  const film = await clip('stitch', { videos: shots }, { join: 'shared keyframe' });
  const found = await probed((await made('deliver', { video: film })) as FileValue);
  const frames = shots.reduce((sum, shot) => sum + shot.frames, 0) - 3;
  expect(found).toMatchObject({ frames, width: first.width, height: first.height });
  expect(found.seconds).toBeCloseTo(frames / FPS, 3);
  expect(found.colours).toEqual(['bt709', 'bt709', 'bt709', false]);
  const begins = (frames - FRAMES) / FPS;
  expect(found.toneBetween(0, begins - 0.1)).toBeLessThan(0.05);
  expect(found.toneBetween(begins + 0.1, frames / FPS - 0.05)).toBeGreaterThan(0.3);

  const byStill = await measured(shots, 'shared keyframe');
  const byText = [];
  for (const seed of [1, 2, 3, 4])
    byText.push(
      await clip('film', { prompt, seed: { kind: 'seed', seed, locked: true }, motion: motion('pan right') }),
    );
  const anew = await measured(byText, 'cut');
  console.log(`${told('From the photograph', byStill)}\n${told('By text to video', anew)}`);
  for (const seam of byStill.seams) {
    expect(seam).toMatchObject({ isCut: false, repeatedFrames: 0, echoFrames: 0 });
    expect(Math.abs(seam.lumaStep)).toBeLessThan(SEAM_LIMITS.luma);
    expect(seam.colourStep).toBeLessThan(SEAM_LIMITS.colour);
  }
  expect(Math.min(...byStill.joins)).toBeGreaterThan(0.9);
  expect(Math.max(...anew.joins)).toBeLessThan(0.7);
  expect(Math.max(...anew.colours)).toBeGreaterThan(2 * Math.max(...byStill.colours));
});
