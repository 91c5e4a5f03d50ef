/** Cutting and joining what is heard with a clip, as a list of pieces of files. */
import type { ArtifactHash } from './ids.ts';
import type { Sound, SoundPiece, VideoValue } from './values.ts';

/** Shorter than this nothing is heard, in seconds: what rounding leaves over. */
const SHORTEST = 1e-6;

/** What is heard with a clip that is one whole file. */
export const soundOfFile = (file: ArtifactHash, { frames, fps }: Pick<VideoValue, 'frames' | 'fps'>): Sound => [
  { file, from: 0, at: 0, seconds: frames / fps },
];

/** What is heard from one second of a clip to another, counted from there. A fade that is cut into becomes shorter. */
export function soundBetween(sound: Sound, from: number, to: number): Sound {
  return sound.flatMap((piece): Sound => {
    const begin = Math.max(piece.at, from);
    const end = Math.min(piece.at + piece.seconds, to);
    if (end - begin < SHORTEST) return [];
    const lostBefore = begin - piece.at;
    const lostAfter = piece.at + piece.seconds - end;
    return [
      withFades(
        { file: piece.file, from: piece.from + lostBefore, at: begin - from, seconds: end - begin },
        (piece.fadeIn ?? 0) - lostBefore,
        (piece.fadeOut ?? 0) - lostAfter,
      ),
    ];
  });
}

/** The same, heard so many seconds later. */
export const soundLater = (sound: Sound, seconds: number): Sound =>
  sound.map((piece) => ({ ...piece, at: piece.at + seconds }));

/** The sound of a clip of so many seconds, growing from silence and sinking back into it. */
export function soundFaded(sound: Sound, length: number, fadeIn: number, fadeOut: number): Sound {
  return sound.map((piece) => {
    const reachesStart = piece.at < fadeIn;
    const reachesEnd = piece.at + piece.seconds > length - fadeOut;
    return withFades(
      piece,
      Math.max(piece.fadeIn ?? 0, reachesStart ? fadeIn - piece.at : 0),
      Math.max(piece.fadeOut ?? 0, reachesEnd ? piece.at + piece.seconds - (length - fadeOut) : 0),
    );
  });
}

function withFades({ file, from, at, seconds }: SoundPiece, fadeIn: number, fadeOut: number): SoundPiece {
  return {
    file,
    from,
    at,
    seconds,
    ...(fadeIn > SHORTEST ? { fadeIn: Math.min(fadeIn, seconds) } : {}),
    ...(fadeOut > SHORTEST ? { fadeOut: Math.min(fadeOut, seconds) } : {}),
  };
}
