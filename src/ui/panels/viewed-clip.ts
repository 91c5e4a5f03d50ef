/** A clip that is looked at: played, stepped through by frames, over and over, slower or faster. */
import { useEffect, useRef, useState, type RefObject, type VideoHTMLAttributes } from 'react';
import type { ImageValue, VideoValue } from '../../core/values.ts';

export const SPEEDS = [0.25, 0.5, 1, 2] as const;
type Speed = (typeof SPEEDS)[number];
/** Seconds before what is to be seen: enough to see how it comes. */
const LEAD = 0.5;
/** A frame begins where the one before ends; a clock may say a hair less. */
const HAIR = 0.01;

export interface ViewedClip {
  readonly value: VideoValue;
  /** Counted from 0. */
  readonly frame: number;
  readonly isPlaying: boolean;
  readonly loops: boolean;
  readonly speed: Speed;
  readonly isMuted: boolean;
  /** For the element that shows it. */
  readonly video: VideoHTMLAttributes<HTMLVideoElement> & { readonly ref: RefObject<HTMLVideoElement | null> };
  readonly keys: Readonly<Record<string, () => void>>;
  toggle(): void;
  /** Stands still there. */
  goTo(frame: number): void;
  setLoops(loops: boolean): void;
  setSpeed(speed: Speed): void;
  setMuted(isMuted: boolean): void;
}

/** Nothing for a still. `from`: the second that is to be seen; it begins a little before, and stands until it is played. */
export function useViewedClip(value: ImageValue | VideoValue, from: number | undefined): ViewedClip | undefined {
  const ref = useRef<HTMLVideoElement>(null);
  const [frame, setFrame] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const [loops, setLoops] = useState(true);
  const [speed, setSpeed] = useState<Speed>(1);
  const [isMuted, setMuted] = useState(true);
  const isClip = value.kind === 'video';
  const fps = isClip ? value.fps : 1;
  const last = isClip ? value.frames - 1 : 0;
  const frameAt = (seconds: number) => Math.max(0, Math.min(last, Math.floor(seconds * fps + HAIR)));

  useEffect(() => {
    if (!isPlaying) return undefined;
    let request = 0;
    const follow = () => {
      if (ref.current) setFrame(Math.max(0, Math.min(last, Math.floor(ref.current.currentTime * fps + HAIR))));
      request = requestAnimationFrame(follow);
    };
    request = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(request);
  }, [isPlaying, fps, last]);
  useEffect(() => {
    if (ref.current) ref.current.playbackRate = speed;
  }, [speed]);

  if (!isClip) return undefined;
  const toggle = () => void (ref.current?.paused ? ref.current.play() : ref.current?.pause());
  const goTo = (to: number) => {
    const within = Math.max(0, Math.min(last, to));
    setFrame(within);
    if (!ref.current) return;
    ref.current.pause();
    // In the middle of a frame, so that none is missed by a rounding.
    ref.current.currentTime = (within + 0.5) / fps;
  };
  const stands = from !== undefined || matchMedia('(prefers-reduced-motion: reduce)').matches;
  return {
    value,
    frame: Math.min(frame, last),
    isPlaying,
    loops,
    speed,
    isMuted,
    video: {
      ref,
      autoPlay: !stands,
      loop: loops,
      muted: isMuted,
      onLoadedMetadata: ({ currentTarget }) => {
        currentTarget.playbackRate = speed;
        if (from !== undefined) currentTarget.currentTime = Math.max(0, from - LEAD);
        setFrame(frameAt(currentTarget.currentTime));
        // The clip before it may have been playing when it went.
        setPlaying(!currentTarget.paused);
      },
      onPlay: () => setPlaying(true),
      onPause: () => setPlaying(false),
    },
    keys: {
      space: toggle,
      ',': () => goTo(frame - 1),
      '.': () => goTo(frame + 1),
      home: () => goTo(0),
      end: () => goTo(last),
      l: () => setLoops(!loops),
    },
    toggle,
    goTo,
    setLoops,
    setSpeed,
    setMuted,
  };
}
