/** A film handed to an editing program: the files of its clips as they are, and its cut in three forms beside them. */
import { fail, ok, type Result } from '../core/errors.ts';
import { endingOf, fileName } from '../core/file-name.ts';
import type { ArtifactHash, NodeId } from '../core/ids.ts';
import type { Registry, Stretch } from '../core/node.ts';
import { frameRateOf } from '../core/rate.ts';
import { say, type Sentence } from '../core/say.ts';
import type { Outputs, Value, VideoValue } from '../core/values.ts';
import { givenNow, type GivenNow } from '../engine/given-now.ts';
import type { Graph } from '../graph/graph.ts';
import { clipsInput, shotsOf } from '../graph/shots.ts';
import { timebaseOf, type Cut } from './cut.ts';
import { edlOf } from './edl.ts';
import { fcp7XmlOf } from './fcp7-xml.ts';
import { otioOf } from './otio.ts';

type OutputsOf = (node: NodeId) => Outputs | undefined;

/** A film whose clips are all there. Which frames of them it shows is for its node to say: `Stretch`. */
export interface FilmClips extends Pick<GivenNow, 'params' | 'inputs'> {
  readonly name: string;
  /** Of its node. */
  readonly type: string;
  readonly clips: readonly { readonly name: string; readonly video: VideoValue }[];
}

/** `film`: its node in the flat graph. Says which shot has no clip yet. */
export function filmClips(flat: Graph, registry: Registry, film: NodeId, outputsOf: OutputsOf): Result<FilmClips> {
  const node = flat.nodes[film];
  const socket = clipsInput(registry.get(node?.type ?? ''));
  const given = node && socket ? givenNow(flat, registry, film, outputsOf) : undefined;
  if (!node || !socket || !given)
    return fail('bad-input', 'This film is muted or gone, so there is no cut to hand off.', 'Unmute it.');
  const arrivals = given.arrivals[socket] ?? [];
  if (arrivals.length === 0)
    return fail('bad-input', 'This film has no shots, so there is no cut to hand off.', 'Add shots first.');
  if (given.problem) return fail('bad-input', given.problem);
  const clips = [];
  for (const [at, { from, value }] of arrivals.entries()) {
    if (value?.kind !== 'video')
      return fail(
        'bad-input',
        say('Shot {0} has no clip as it is now, so there is no cut to hand off.', at + 1),
        'Run the film first.',
      );
    clips.push({ name: nameOfShot(flat, registry, film, from, outputsOf), video: value });
  }
  const { params, inputs } = given;
  return ok({ name: node.title ?? flat.title, type: node.type, clips, params, inputs });
}

/** As its node was named, or as its prompt begins. */
function nameOfShot(flat: Graph, registry: Registry, film: NodeId, from: NodeId, outputsOf: OutputsOf): string {
  const node = flat.nodes[from];
  const shot = shotsOf(flat, registry, film).find((one) => one.node === from);
  const isPrompt = (value: Value | undefined) => value?.kind === 'prompt';
  const prompt = shot?.still?.prompt && Object.values(outputsOf(shot.still.prompt) ?? {}).find(isPrompt);
  const words = prompt?.kind === 'prompt' ? prompt.text.trim() : '';
  return (node?.title ?? words) || (registry.get(node?.type ?? '')?.title ?? from);
}

/** A file to lie in the folder: a stored clip under its own bytes, or a text. */
export type HandedFile = { readonly path: string } & ({ readonly hash: ArtifactHash } | { readonly text: string });
export interface HandOff {
  readonly name: string;
  readonly files: readonly HandedFile[];
  /** What an editing program may do otherwise. */
  readonly remarks: readonly Sentence[];
}

/** As much of a prompt as fits into a list of clips. */
const NAME_LENGTH = 48;

/** `mimeOf`: what the file of a stored clip is. The first clip gives size and rate, as `stretches` count. */
export function cutOf(
  { name, clips }: FilmClips,
  stretches: readonly Stretch[],
  mimeOf: (hash: ArtifactHash) => string,
): Cut {
  const digits = Math.max(2, String(clips.length).length);
  const { width, height, fps } = clips[0]!.video;
  return {
    name,
    rate: frameRateOf(fps),
    width,
    height,
    clips: clips.map(({ video, name: clip }, at) => {
      // A clip that is shown twice is one file.
      const first = clips.findIndex((one) => one.video.hash === video.hash);
      const number = String(first + 1).padStart(digits, '0');
      const stem = `${number} ${shortened(clips[first]!.name)}`;
      const { length, from, end, overlap } = stretches[at]!;
      return {
        name: shortened(clip),
        file: `clips/${fileName(stem, `.${endingOf(mimeOf(video.hash))}`)}`,
        width: video.width,
        height: video.height,
        rate: frameRateOf(video.fps),
        frames: video.frames,
        hasSound: (video.sound?.length ?? 0) > 0,
        length,
        from,
        end,
        dissolve: overlap,
      };
    }),
  };
}

export function handOffOf(
  film: FilmClips,
  stretches: readonly Stretch[],
  mimeOf: (hash: ArtifactHash) => string,
): HandOff {
  const cut = cutOf(film, stretches, mimeOf);
  const { name } = film;
  const clips = new Map(cut.clips.map(({ file }, at) => [file, film.clips[at]!.video.hash]));
  const text = (ending: string, written: string): HandedFile => ({ path: fileName(name, ending), text: written });
  const isTimebase = timebaseOf(cut.rate) !== undefined;
  return {
    name,
    files: [
      ...[...clips].map(([path, hash]) => ({ path, hash })),
      text('.otio', otioOf(cut)),
      ...(isTimebase ? [text('.edl', edlOf(cut)), text('.xml', fcp7XmlOf(cut))] : []),
    ],
    remarks: [...(isTimebase ? [] : [noTimebase(film)]), ...unlikeTheFirst(film)],
  };
}

const noTimebase = ({ clips }: FilmClips): Sentence =>
  say('EDL and FCP7 XML cannot say the frame rate {0}, so only the OpenTimelineIO file is there.', clips[0]!.video.fps);
function unlikeTheFirst({ clips }: FilmClips): Sentence[] {
  const { width, height, fps } = clips[0]!.video;
  const others = clips.flatMap(({ video }, at) =>
    video.fps === fps && video.width === width && video.height === height ? [] : [at + 1],
  );
  if (others.length === 0) return [];
  return [
    say(
      'Clips of another size or frame rate than the first (shots {0}) may be scaled and timed otherwise by an editing program.',
      others.join(', '),
    ),
  ];
}

function shortened(name: string): string {
  const characters = [...name.replace(/\s+/gu, ' ').trim()];
  return characters.length > NAME_LENGTH
    ? `${characters
        .slice(0, NAME_LENGTH - 1)
        .join('')
        .trimEnd()}…`
    : characters.join('');
}
