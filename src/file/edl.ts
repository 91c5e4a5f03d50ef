/** A cut as an edit decision list in the form of the CMX 3600, non-drop; full names stand in comments. */
import { placedClips, timecode, timelineStart, type Cut, type PlacedClip } from './cut.ts';

/** What the form has room for. */
const TITLE_LENGTH = 70;

export function edlOf(cut: Cut): string {
  const clips = placedClips(cut);
  const events = clips.flatMap((clip, at) => eventLines(cut, clip, clips[at - 1], at + 1));
  return [`TITLE: ${oneLine(cut.name).slice(0, TITLE_LENGTH)}`, 'FCM: NON-DROP FRAME', '', ...events, ''].join('\n');
}

function eventLines({ rate }: Cut, clip: PlacedClip, before: PlacedClip | undefined, number: number): string[] {
  const source = (frame: number) => timecode(frame, rate);
  const record = (frame: number) => timecode(timelineStart(rate) + frame, rate);
  const line = ({ nth, hasSound }: PlacedClip, transition: string, from: number, end: number, start: number) =>
    [
      String(number).padStart(3, '0'),
      '',
      reelName(nth),
      (hasSound && clip.hasSound ? 'AA/V' : 'V').padEnd(5),
      transition.padEnd(8),
      source(from),
      source(end),
      record(start),
      record(start + end - from),
    ].join(' ');
  const shown = (transition: string) => line(clip, transition, clip.from, clip.end - clip.dissolveOut, clip.start);
  if (clip.dissolve === 0 || !before) return [shown('C'), ...named('FROM', clip)];
  // Where a dissolve begins, the clip before is named again, for no frames: it says what is dissolved from.
  const left = before.end - clip.dissolve;
  return [
    line(before, 'C', left, left, clip.start),
    shown(`D    ${String(clip.dissolve).padStart(3, '0')}`),
    ...named('FROM', before),
    ...named('TO', clip),
  ];
}

/** Eight characters, as many as tapes had; one for each file. */
const reelName = (nth: number): string => `CLIP${String(nth).padStart(4, '0')}`;
const named = (end: 'FROM' | 'TO', { file }: PlacedClip): string[] => [
  `* ${end} CLIP NAME: ${oneLine(file.slice(file.lastIndexOf('/') + 1))}`,
];
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
