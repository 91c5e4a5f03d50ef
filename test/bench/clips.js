/** What is done to clips, beside ffmpeg: the same job on the same frames, uncompressed, at 720p and 1080p. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withSources } from '../../src/setup/sources.js';
import { medians, print } from './table.js';

const FRAMES = 16;
const FPS = 24;
const FADE = 6;
const ROUNDS = 3;
const SIZES = /** @type {const} */ ([
  [1280, 720],
  [1920, 1080],
]);

export async function bench() {
  if (spawnSync('ffmpeg', ['-version']).status !== 0)
    return console.log('\nClips: ffmpeg is not here, so nothing is compared.');
  const folder = mkdtempSync(join(tmpdir(), 'triptych-bench-'));
  try {
    for (const size of SIZES) await at(size, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {readonly [number, number]} size @param {string} folder */
async function at([width, height], folder) {
  await withSources(async (load) => {
    const { sketchStill } = await load('/src/sketch/sketch.ts');
    const { moveThrough } = await load('/src/raster/move-through.ts');
    const { exposuresOf } = await load('/src/raster/moves.ts');
    const { splitByDepth } = await load('/src/raster/split-by-depth.ts');
    const { mixedInLight } = await load('/src/raster/light.ts');
    const { shownAt } = await load('/nodes/refinement/_pace.ts');
    const { motionsOf } = await load('/src/raster/global-motion.ts');
    const { steadied, lookUpOf, leastZoom, asFarAsSeen } = await load('/src/raster/steady-path.ts');
    const { lookedUp } = await load('/src/raster/looked-up.ts');
    const quiet = async () => {};
    const size = { width, height };
    const scene = { prompt: 'mountain lake at dawn', negative: '', seed: 1, guidance: 7, references: [] };
    const { raster, depth } = await sketchStill({ ...scene, ...size, simple: true }, quiet);
    const layers = await splitByDepth(raster, depth, quiet);
    const moved = (move) =>
      moveThrough(layers, width, height, exposuresOf({ move, amount: 1, easing: 'linear' }, FRAMES, size));
    const clipOf = (frames) => ({
      ...size,
      fps: FPS,
      frames: frames.length,
      async *read() {
        yield* frames;
      },
    });
    const [shaky, panning] = [await collect(moved('handheld')), await collect(moved('pan right'))];
    writeFileSync(join(folder, 'shaky'), Buffer.concat(shaky.map(({ data }) => new Uint8Array(data.buffer))));
    writeFileSync(join(folder, 'panning'), Buffer.concat(panning.map(({ data }) => new Uint8Array(data.buffer))));
    writeFileSync(join(folder, 'still'), raster.data);
    const raw = (name) => [
      ...['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${width}x${height}`],
      ...['-r', String(FPS), '-i', join(folder, name)],
    ];
    const halvesOf = (frames) => Array.from({ length: 2 * frames - 1 }, (_, place) => place / 2);
    const halves = halvesOf(FRAMES);
    async function stabilise(frames, fps = FPS) {
      const clip = clipOf(frames);
      const steady = steadied(await motionsOf(clip.read(), clip, quiet), fps);
      const zoom = leastZoom(steady, clip, 1.5);
      const lookUps = steady.map((place) => lookUpOf(asFarAsSeen(place, zoom, clip), zoom));
      await collect(lookedUp(clip.read(), lookUps, quiet));
    }
    /** Two shots of one still, faded into each other, at half their speed, and steadied. */
    async function chain() {
      const [before, after] = [await collect(moved('push in')), await collect(moved('pan right'))];
      const faded = Array.from({ length: FADE }, (_, at) =>
        mixedInLight(before[FRAMES - FADE + at], after[at], (at + 1) / (FADE + 1)),
      );
      const film = [...before.slice(0, -FADE), ...faded, ...after.slice(FADE)];
      const slowed = await collect(shownAt(clipOf(film), halvesOf(film.length), 'motion', quiet));
      await stabilise(slowed, 2 * FPS);
    }
    const slower = `minterpolate=fps=${2 * FPS}:mi_mode=mci:mc_mode=aobmc:me_mode=bidir`;
    const zoomed = (z, x) => `zoompan=z='${z}':x='${x}':d=${FRAMES}:s=${width}x${height}:fps=${FPS}`;
    const jobs = [
      {
        name: 'Animate, zoompan',
        frames: FRAMES,
        ours: () => collect(moved('push in')),
        theirs: [...raw('still'), '-vf', `zoompan=z='1+0.004*on':d=${FRAMES}:s=${width}x${height}:fps=${FPS}`],
      },
      {
        name: 'Retime to half, minterpolate',
        frames: halves.length,
        ours: () => collect(shownAt(clipOf(panning), halves, 'motion', quiet)),
        theirs: [...raw('panning'), '-vf', slower],
      },
      {
        name: 'Crossfade, xfade',
        frames: FRAMES,
        ours: () => panning.forEach((frame, at) => mixedInLight(frame, shaky[at], (at + 1) / (FRAMES + 1))),
        theirs: [
          ...[...raw('panning'), ...raw('shaky')],
          ...['-filter_complex', `xfade=transition=fade:duration=${(FRAMES - 1) / FPS}:offset=0`],
        ],
      },
      {
        name: 'Stabilise, deshake',
        frames: FRAMES,
        ours: () => stabilise(shaky),
        theirs: [...raw('shaky'), '-vf', 'deshake'],
      },
      {
        name: 'Whole chain, all of these',
        frames: halvesOf(2 * FRAMES - FADE).length,
        ours: chain,
        theirs: [
          ...[...raw('still'), ...raw('still')],
          ...[
            '-filter_complex',
            [
              `[0]${zoomed('1+0.004*on', 'iw/2-(iw/zoom/2)')}[a];[1]${zoomed('1.1', '2*on')}[b];[a][b]xfade=transition=fade`,
              `duration=${FADE / FPS}`,
              `offset=${(FRAMES - FADE) / FPS},${slower},deshake`,
            ].join(':'),
          ],
        ],
      },
    ];
    const rows = [];
    for (const { name, frames, ours, theirs } of jobs) {
      const ms = await medians(ROUNDS, { ours, ffmpeg: () => ffmpeg(theirs) });
      rows.push([name, (frames * 1000) / ms.ours, (frames * 1000) / ms.ffmpeg, ms.ours / ms.ffmpeg]);
    }
    print(`Clips at ${height}p, frames a second on one core`, ['', 'triptych', 'ffmpeg', '÷ ffmpeg'], rows);
  });
}

/** @param {readonly string[]} job */
function ffmpeg(job) {
  const oneThread = ['-threads', '1', '-filter_threads', '1', '-filter_complex_threads', '1'];
  const ran = spawnSync('ffmpeg', ['-v', 'error', ...oneThread, ...job, '-f', 'null', '-']);
  if (ran.status !== 0) throw new Error(String(ran.stderr));
}

/** @param {AsyncIterable<object>} frames */
async function collect(frames) {
  const all = [];
  for await (const frame of frames) all.push(frame);
  return all;
}
