/** Frames and notes of a file, and what carries what. */
import { MARK_COLOURS, type Board, type Frame, type Note, type Point, type Size } from '../graph/graph.ts';
import type { FrameId, NoteId } from '../core/ids.ts';
import { DEEPEST_FRAME, LARGEST_MARK, LONGEST_TEXT, LONGEST_TITLE } from '../core/limits.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import { framesAround } from '../graph/marks.ts';
import { say } from '../core/say.ts';
import { entriesOf, finite, isName, isText, loose, within } from './entries.ts';
import { shortName, type Report } from './report.ts';

/** Pixels on a side: smaller frames and notes could not be taken hold of. */
const SMALLEST_MARK = 60;

/** `taken`: ids that nodes have already; those of marks are added. */
export function readMarks(file: Loose, taken: Set<string>, report: Report): Pick<Board, 'frames' | 'notes'> {
  const free = (entries: readonly [string, unknown][]) =>
    entries.flatMap(([id, raw]): [string, Loose][] => {
      if (isRecord(raw) && !taken.has(id)) {
        taken.add(id);
        return [[id, raw]];
      }
      report.add(
        'dropped',
        say('The frame or note {0} is damaged, or something else has its id; it was left out.', shortName(id)),
      );
      return [];
    });
  const rawFrames = free(entriesOf(file['frames'], report));
  const frames: Record<FrameId, Frame> = {};
  for (const [id, raw] of rawFrames) {
    frames[id as FrameId] = {
      title: isText(raw['title']) ? raw['title'].slice(0, LONGEST_TITLE) : 'Frame',
      ...readMark(raw, { width: 480, height: 320 }),
      ...(raw['collapsed'] === true ? { collapsed: true } : {}),
    };
  }
  for (const [id, raw] of rawFrames) {
    const alone = frames[id as FrameId]!;
    frames[id as FrameId] = { ...alone, ...readFrameOf(raw, frames) };
    // Frames that carry each other in a circle, or too deep: the one that closes it lies free.
    const around = framesAround({ nodes: {}, notes: {}, frames }, id as FrameId);
    if (around.length === DEEPEST_FRAME || around.includes(id as FrameId)) frames[id as FrameId] = alone;
  }
  const notes: Record<NoteId, Note> = {};
  for (const [id, raw] of free(entriesOf(file['notes'], report))) {
    notes[id as NoteId] = {
      text: isText(raw['text']) ? raw['text'].slice(0, LONGEST_TEXT) : '',
      ...readMark(raw, { width: 240, height: 140 }),
      ...readFrameOf(raw, frames),
    };
  }
  return { frames, notes };
}

export function readPoint(raw: unknown): Point {
  const point = loose(raw);
  return { x: within(finite(point['x'], 0)), y: within(finite(point['y'], 0)) };
}

function readMark(raw: Loose, usual: Size): Pick<Note, 'colour' | 'position' | 'size'> {
  const size = loose(raw['size']);
  const side = (value: unknown, otherwise: number) =>
    Math.min(LARGEST_MARK, Math.max(SMALLEST_MARK, finite(value, otherwise)));
  return {
    colour: MARK_COLOURS.find((colour) => colour === raw['colour']) ?? 'grey',
    position: readPoint(raw['position']),
    size: { width: side(size['width'], usual.width), height: side(size['height'], usual.height) },
  };
}

const readFrameOf = (raw: Loose, frames: Board['frames']): { readonly frame?: FrameId } =>
  isName(raw['frame']) && Object.hasOwn(frames, raw['frame']) ? { frame: raw['frame'] as FrameId } : {};
