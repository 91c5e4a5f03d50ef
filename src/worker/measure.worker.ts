/** Measures stored pictures and clips, one at a time, and keeps what it finds beside them. */
import { ok, toFailure, type Result } from '../core/errors.ts';
import type { ArtifactHash } from '../core/ids.ts';
import type { VideoValue } from '../core/values.ts';
import { artifactLook, type ArtifactLook } from '../measure/artifact-look.ts';
import { clipHold, type ClipHold } from '../measure/clip-hold.ts';
import { clipMotion, type ClipMotion } from '../measure/clip-motion.ts';
import {
  meetingAt,
  MEASURES_VERSION,
  seamBetweenClips,
  type MeetingFrames,
  type MeetingPair,
} from '../measure/join.ts';
import type { Seam } from '../measure/seam.ts';
import { chainDrift, meanLookOf, type MeanLook } from '../measure/shot-drift.ts';
import { stillLikeness, type StillLikeness } from '../measure/still-likeness.ts';
import { fileHash } from '../media/identity.ts';
import { openStorageUnseen } from '../storage/open.ts';
import { answer } from './bridge.ts';
import type { MeasureThread } from './protocol.ts';
import { artifactsOver } from './thread-artifacts.ts';

const { artifacts: store } = await openStorageUnseen();
const artifacts = artifactsOver(store);
const clipOf = (value: VideoValue) => artifacts.clip(value);
const quietly = async () => {};

/** What was measured, and of what. */
type Measured = readonly (string | boolean)[];
const nameOf = (of: Measured): Promise<ArtifactHash> => fileHash(JSON.stringify(['measure', MEASURES_VERSION, ...of]));
async function keptOf<T>(of: Measured): Promise<T | undefined> {
  const known = await store.get(await nameOf(of));
  return known && (JSON.parse(await known.text()) as T);
}

/** Figures are kept as files are: under what they were made from. They go when room is needed, and are made again. */
async function kept<T>(of: Measured, measure: () => Promise<T>): Promise<T> {
  const known = await keptOf<T>(of);
  if (known) return known;
  const found = await measure();
  const hash = await nameOf(of);
  // What cannot be kept is measured again another time.
  await store.put(hash, 'file', new Blob([JSON.stringify(found)], { type: 'application/json' })).catch(quietly);
  return found;
}

let last: Promise<unknown> = Promise.resolve();
/** Behind what was asked before: two clips at once would be held in memory, and neither would come sooner. */
function inTurn<T>(work: () => Promise<T>): Promise<Result<T>> {
  const result = last.then(work).then(ok, (thrown: unknown): Result<T> => ({ ok: false, error: toFailure(thrown) }));
  last = result;
  return result;
}

const meanLook = (clip: VideoValue): Promise<MeanLook> =>
  kept(['look', clip.hash], async () => meanLookOf(await clipOf(clip)));

const artifactLookName = (hash: ArtifactHash): Measured => ['artifact look', hash];

/** Which frames meet: where a join chooses them or shows them together, the node that joins says it. */
async function meetingOf({ before, after, join, seconds = 0 }: MeetingPair): Promise<MeetingFrames> {
  if (join !== 'crossfade' && join !== 'match cut') return meetingAt(join);
  const [{ registry }, { stretchesOfFilm }] = await Promise.all([
    import('../registry.ts'),
    import('../file/film-stretches.ts'),
  ]);
  const film = { type: 'stitch', params: { join, fade: seconds, window: seconds, joins: [] } };
  const [leaving, entering] = await stretchesOfFilm(
    registry,
    { ...film, inputs: { videos: [before, after] } },
    artifacts,
  );
  return { end: leaving!.end, from: entering!.from, overlap: entering!.overlap };
}

const thread: MeasureThread = {
  seam: (clips) =>
    inTurn(() =>
      kept<Seam>(['seam', clips.before.hash, clips.after.hash, clips.join, String(clips.seconds)], async () =>
        seamBetweenClips(await clipOf(clips.before), await clipOf(clips.after), await meetingOf(clips), quietly),
      ),
    ),
  motion: (clip) =>
    inTurn(() => kept<ClipMotion>(['motion', clip.hash], async () => clipMotion(await clipOf(clip), quietly))),
  hold: (clip) => inTurn(() => kept<ClipHold>(['hold', clip.hash], async () => clipHold(await clipOf(clip)))),
  drift: (clips) =>
    inTurn(async () => {
      const looks: MeanLook[] = [];
      for (const clip of clips) looks.push(await meanLook(clip));
      return chainDrift(looks);
    }),
  likeness: (a, b) =>
    inTurn(() =>
      kept<StillLikeness>(['likeness', a.hash, b.hash], async () =>
        stillLikeness((await artifacts.image(a)).raster, (await artifacts.image(b)).raster),
      ),
    ),
  look: (value) => inTurn(() => kept(artifactLookName(value.hash), () => artifactLook(value, artifacts))),
  // Not behind what is being measured: this only reads.
  keptLooks: (hashes) =>
    Promise.all(hashes.map((hash) => keptOf<ArtifactLook>(artifactLookName(hash)))).then(
      ok,
      (thrown: unknown): Result<never> => ({ ok: false, error: toFailure(thrown) }),
    ),
};

answer(thread);
