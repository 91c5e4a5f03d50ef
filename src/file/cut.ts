/**
 * A film as an editing program cuts it: which frames of which file are seen when. Everything is counted in whole frames of
 * the film, also what is taken of clips of another rate.
 */
import type { FrameRate } from '../core/rate.ts';

export interface CutClip {
  /** For people. */
  readonly name: string;
  /** Its path beside the timeline, with `/`. Clips may share a file. */
  readonly file: string;
  /** Of the file: its own size, rate and number of frames. */
  readonly width: number;
  readonly height: number;
  readonly rate: FrameRate;
  readonly frames: number;
  readonly hasSound: boolean;
  /** All its frames at the rate of the film, the first that is shown and the first that is not any more. */
  readonly length: number;
  readonly from: number;
  readonly end: number;
  /** So many of its first frames come out of as many last ones of the clip before. */
  readonly dissolve: number;
}
export interface Cut {
  readonly name: string;
  readonly rate: FrameRate;
  readonly width: number;
  readonly height: number;
  readonly clips: readonly CutClip[];
}

/** A clip in its place. */
export interface PlacedClip extends CutClip {
  /** The frame of the film at which it begins to be seen, and the first at which it is not; dissolves included. */
  readonly start: number;
  readonly stop: number;
  /** So many of its last frames turn into the next clip. */
  readonly dissolveOut: number;
  /** The number of its file among those of the film, from 1. */
  readonly nth: number;
  /** The same file was there before. */
  readonly isAgain: boolean;
}

/** Clips in order; those of which nothing is shown are left out. */
export function placedClips({ clips }: Pick<Cut, 'clips'>): readonly PlacedClip[] {
  const shown = clips.filter(({ from, end }) => end > from);
  const files = [...new Set(shown.map(({ file }) => file))];
  const seen = new Set<string>();
  let stop = 0;
  return shown.map((clip, at) => {
    const start = stop - clip.dissolve;
    stop = start + clip.end - clip.from;
    const isAgain = seen.has(clip.file);
    seen.add(clip.file);
    const dissolveOut = shown[at + 1]?.dissolve ?? 0;
    return { ...clip, start, stop, dissolveOut, nth: files.indexOf(clip.file) + 1, isAgain };
  });
}

/** All frames of the film. */
export const framesInCut = (cut: Pick<Cut, 'clips'>): number => placedClips(cut).at(-1)?.stop ?? 0;

/** Where timelines begin, by custom: at one hour. */
const FIRST_HOUR = 3600;

/** Frames that a second of timecode counts: the whole number next to the rate. */
export const timecodeBase = ({ numerator, denominator }: FrameRate): number =>
  Math.max(1, Math.round(numerator / denominator));
/** The timecode of the first frame of a film, in frames. */
export const timelineStart = (rate: FrameRate): number => FIRST_HOUR * timecodeBase(rate);

/** Non-drop timecode, e.g. `01:00:02:05`. */
export function timecode(frame: number, rate: FrameRate): string {
  const base = timecodeBase(rate);
  const seconds = Math.floor(frame / base);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frame % base]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** A whole rate, or one that is a thousandth slower, as NTSC has it: the rates that EDL and FCP7 XML know. */
export interface Timebase {
  readonly timebase: number;
  readonly isNtsc: boolean;
}
/** `undefined` where a rate is neither. */
export function timebaseOf({ numerator, denominator }: FrameRate): Timebase | undefined {
  if (denominator === 1) return { timebase: numerator, isNtsc: false };
  if (denominator === 1001 && numerator % 1000 === 0) return { timebase: numerator / 1000, isNtsc: true };
  return undefined;
}

/** A path as the relative address of a file. */
export const addressOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
