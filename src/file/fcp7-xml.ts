/** A cut as XML of Final Cut Pro 7, version 5: what Premiere and Resolve import. */
import {
  addressOf,
  framesInCut,
  placedClips,
  timebaseOf,
  timecode,
  timelineStart,
  type Cut,
  type PlacedClip,
} from './cut.ts';
import type { FrameRate } from '../core/rate.ts';
import { xmlText, type XmlElement } from './xml.ts';

type Content = string | number | readonly XmlElement[];
const element = (name: string, content: Content, id?: string): XmlElement => ({
  name,
  content: typeof content === 'number' ? String(content) : content,
  ...(id === undefined ? {} : { id }),
});
/** Channels that a clip with sound has a track for each. */
const CHANNELS = [1, 2];

const OPEN_TRACK = [element('enabled', 'TRUE'), element('locked', 'FALSE')];

export function fcp7XmlOf(cut: Cut): string {
  const clips = placedClips(cut);
  const { rate } = cut;
  const sequence = element(
    'sequence',
    [
      element('name', cut.name),
      element('duration', framesInCut(cut)),
      rateElement(rate),
      timecodeElement(rate, timelineStart(rate)),
      element('media', [
        element('video', [
          element('format', [element('samplecharacteristics', [rateElement(rate), ...sizeElements(cut)])]),
          element('track', [...items(cut, clips, 'video'), ...OPEN_TRACK]),
        ]),
        element('audio', [
          element('numOutputChannels', CHANNELS.length),
          element('format', [element('samplecharacteristics', [element('depth', 16), element('samplerate', 48_000)])]),
          ...(clips.some(({ hasSound }) => hasSound)
            ? CHANNELS.map((channel) =>
                element('track', [
                  ...items(cut, clips, 'audio', channel),
                  ...OPEN_TRACK,
                  element('outputchannelindex', channel),
                ]),
              )
            : []),
        ]),
      ]),
    ],
    'sequence-1',
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n<xmeml version="5">\n${xmlText(sequence, 1)}</xmeml>\n`;
}

function rateElement(rate: FrameRate): XmlElement {
  const { timebase, isNtsc } = timebaseOf(rate) ?? {
    timebase: Math.round(rate.numerator / rate.denominator),
    isNtsc: false,
  };
  return element('rate', [element('timebase', timebase), element('ntsc', isNtsc ? 'TRUE' : 'FALSE')]);
}
const timecodeElement = (rate: FrameRate, frame: number): XmlElement =>
  element('timecode', [
    rateElement(rate),
    element('string', timecode(frame, rate)),
    element('frame', frame),
    element('displayformat', 'NDF'),
  ]);
const sizeElements = ({ width, height }: { readonly width: number; readonly height: number }): XmlElement[] => [
  element('width', width),
  element('height', height),
  element('anamorphic', 'FALSE'),
  element('pixelaspectratio', 'square'),
  element('fielddominance', 'none'),
];

function items(cut: Cut, clips: readonly PlacedClip[], kind: 'video' | 'audio', channel = 1): XmlElement[] {
  const isIn = (clip: PlacedClip | undefined) => clip !== undefined && (kind === 'video' || clip.hasSound);
  return clips.flatMap((clip, at) => {
    const before = clips[at - 1];
    const dissolves = clip.dissolve > 0 && (isIn(clip) || isIn(before));
    return [
      ...(dissolves ? [transitionItem(cut, clip, kind)] : []),
      ...(isIn(clip) ? [clipItem(cut, clips, at, kind, channel)] : []),
    ];
  });
}

/** Beside a transition a clip has no place of its own (−1); what is taken of it goes to the far end of the transition. */
function clipItem(
  { rate }: Cut,
  clips: readonly PlacedClip[],
  at: number,
  kind: 'video' | 'audio',
  channel: number,
): XmlElement {
  const clip = clips[at]!;
  return element(
    'clipitem',
    [
      element('name', clip.name),
      element('duration', clip.length),
      rateElement(rate),
      element('enabled', 'TRUE'),
      element('start', clip.dissolve > 0 ? -1 : clip.start),
      element('end', clip.dissolveOut > 0 ? -1 : clip.stop),
      element('in', clip.from),
      element('out', clip.end),
      fileElement(clip, kind === 'video'),
      element('sourcetrack', [element('mediatype', kind), element('trackindex', channel)]),
      ...(clip.hasSound ? links(clips, at) : []),
    ],
    itemId(at, kind, channel),
  );
}
const itemId = (at: number, kind: 'video' | 'audio', channel: number): string =>
  kind === 'video' ? `clip-${at + 1}` : `clip-${at + 1}-sound-${channel}`;

/** A file is told of once; later its id is enough. */
function fileElement(clip: PlacedClip, isFirstTrack: boolean): XmlElement {
  const id = `file-${clip.nth}`;
  if (clip.isAgain || !isFirstTrack) return element('file', [], id);
  const { file, rate, frames, hasSound } = clip;
  return element(
    'file',
    [
      element('name', file.slice(file.lastIndexOf('/') + 1)),
      element('pathurl', addressOf(file)),
      rateElement(rate),
      element('duration', frames),
      timecodeElement(rate, 0),
      element('media', [
        element('video', [element('samplecharacteristics', [rateElement(rate), ...sizeElements(clip)])]),
        ...(hasSound ? [element('audio', [element('channelcount', CHANNELS.length)])] : []),
      ]),
    ],
    id,
  );
}

/** Picture and sound of a clip move together. */
function links(clips: readonly PlacedClip[], at: number): XmlElement[] {
  const soundAt = clips.slice(0, at + 1).filter(({ hasSound }) => hasSound).length;
  const link = (kind: 'video' | 'audio', channel: number, index: number) =>
    element('link', [
      element('linkclipref', itemId(at, kind, channel)),
      element('mediatype', kind),
      element('trackindex', channel),
      element('clipindex', index),
    ]);
  return [link('video', 1, at + 1), ...CHANNELS.map((channel) => link('audio', channel, soundAt))];
}

/** It begins at the edit. */
function transitionItem({ rate }: Cut, { start, dissolve }: PlacedClip, kind: 'video' | 'audio'): XmlElement {
  const effect =
    kind === 'video'
      ? [
          element('name', 'Cross Dissolve'),
          element('effectid', 'Cross Dissolve'),
          element('effectcategory', 'Dissolve'),
        ]
      : [element('name', 'Cross Fade ( 0dB)'), element('effectid', 'KGAudioTransCrossFade0dB')];
  return element('transitionitem', [
    element('start', start),
    element('end', start + dissolve),
    element('alignment', 'start'),
    rateElement(rate),
    element('effect', [
      ...effect,
      element('effecttype', 'transition'),
      element('mediatype', kind),
      element('startratio', 0),
      element('endratio', 1),
      element('reverse', 'FALSE'),
    ]),
  ]);
}
