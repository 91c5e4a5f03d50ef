/** A cut as OpenTimelineIO, in schemas that readers since its first public versions know. */
import type { FrameRate } from '../core/rate.ts';
import { addressOf, placedClips, timelineStart, type Cut, type PlacedClip } from './cut.ts';

const time = ({ numerator, denominator }: FrameRate, value: number) => ({
  OTIO_SCHEMA: 'RationalTime.1',
  rate: numerator / denominator,
  value,
});
const range = (rate: FrameRate, start: number, duration: number) => ({
  OTIO_SCHEMA: 'TimeRange.1',
  start_time: time(rate, start),
  duration: time(rate, duration),
});

export function otioOf(cut: Cut): string {
  const clips = placedClips(cut);
  const sounds = clips.some(({ hasSound }) => hasSound);
  const timeline = {
    OTIO_SCHEMA: 'Timeline.1',
    name: cut.name,
    metadata: { triptych: { width: cut.width, height: cut.height } },
    global_start_time: time(cut.rate, timelineStart(cut.rate)),
    tracks: {
      OTIO_SCHEMA: 'Stack.1',
      name: 'tracks',
      metadata: {},
      source_range: null,
      effects: [],
      markers: [],
      children: [track(cut, clips, 'Video'), ...(sounds ? [track(cut, clips, 'Audio')] : [])],
    },
  };
  return `${JSON.stringify(timeline, undefined, 2)}\n`;
}

/** Dissolves begin at the edit: the clip before them has the frames that it needs behind it. */
function track({ rate }: Cut, clips: readonly PlacedClip[], kind: 'Video' | 'Audio') {
  const isIn = (clip: PlacedClip | undefined) => kind === 'Video' || (clip?.hasSound ?? false);
  const children = clips.flatMap((clip, at) => {
    const shown = range(rate, clip.from, clip.end - clip.from - clip.dissolveOut);
    const item = isIn(clip) ? clipItem(clip, shown) : gap(shown);
    const dissolves = clip.dissolve > 0 && (isIn(clip) || isIn(clips[at - 1]));
    return dissolves ? [transition(rate, clip.dissolve), item] : [item];
  });
  return {
    OTIO_SCHEMA: 'Track.1',
    name: kind,
    kind,
    metadata: {},
    source_range: null,
    effects: [],
    markers: [],
    children,
  };
}

const clipItem = (clip: PlacedClip, shown: object) => ({
  OTIO_SCHEMA: 'Clip.1',
  name: clip.name,
  metadata: {},
  source_range: shown,
  effects: [],
  markers: [],
  media_reference: {
    OTIO_SCHEMA: 'ExternalReference.1',
    name: clip.name,
    metadata: {},
    available_range: range(clip.rate, 0, clip.frames),
    target_url: addressOf(clip.file),
  },
});
const gap = (shown: object) => ({
  OTIO_SCHEMA: 'Gap.1',
  name: '',
  metadata: {},
  source_range: shown,
  effects: [],
  markers: [],
});
const transition = (rate: FrameRate, frames: number) => ({
  OTIO_SCHEMA: 'Transition.1',
  name: 'Dissolve',
  metadata: {},
  transition_type: 'SMPTE_Dissolve',
  in_offset: time(rate, 0),
  out_offset: time(rate, frames),
});
