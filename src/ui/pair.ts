/**
 * Two pictures or clips that are compared: where both stand in time, whether they play, which of them is seen. Both are
 * drawn at once, so that what differs is the picture and not the moment.
 */
import { useEffect, useState } from 'react';
import type { Said } from '../core/say.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import { useApp } from './app-context.ts';
import { meanDifference } from './mean-difference.ts';
import { pairFrames, type PairFrame } from './pair-frames.ts';
import { frameAtStep, pairSteps, type PairSteps } from './pair-steps.ts';
import { WHOLE, type Zoom } from './zoom.ts';

type Shown = ImageValue | VideoValue;
export const PAIR_MODES = ['side', 'slider', 'blink', 'difference'] as const;
export type PairMode = (typeof PAIR_MODES)[number];
export type PairSide = 'a' | 'b';

export interface Pair {
  readonly a: Shown;
  readonly b: Shown;
  readonly steps: PairSteps;
  readonly step: number;
  /** How far apart the two are on average, in levels of 255, while they stand; see `meanDifference`. */
  readonly difference: number | undefined;
  readonly isPlaying: boolean;
  /** Only this one is seen, for as long as a person wants. */
  readonly only: PairSide | undefined;
  readonly zoom: Zoom;
  readonly trouble: Readonly<Partial<Record<PairSide, Said>>>;
  /** Where each is drawn. */
  readonly canvas: Readonly<Record<PairSide, (canvas: HTMLCanvasElement | null) => void>>;
  goTo(step: number): void;
  play(isPlaying: boolean): void;
  show(only: PairSide | undefined): void;
  setZoom(zoom: Zoom): void;
  /** Takes a key, as `comboOf` writes it; false where it means nothing here. */
  press(combo: string): boolean;
}

const FAR = 10;

export function usePair(a: Shown, b: Shown): Pair {
  const { commands, urls } = useApp();
  const [frames] = useState(() => pairFrames({ commands, urls }));
  const [wanted, setStep] = useState(0);
  const [isPlaying, play] = useState(false);
  const [only, show] = useState<PairSide>();
  const [zoom, setZoom] = useState(WHOLE);
  const [difference, setDifference] = useState<number>();
  const [trouble, setTrouble] = useState<Pair['trouble']>({});
  const [canvasA, setCanvasA] = useState<HTMLCanvasElement | null>(null);
  const [canvasB, setCanvasB] = useState<HTMLCanvasElement | null>(null);
  const { rate, count } = pairSteps(a, b);
  // Another pair may be shorter.
  const step = Math.min(wanted, count - 1);

  useEffect(() => () => frames.close(), [frames]);
  useEffect(() => {
    let isLive = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const began = performance.now();
    const both = (at: number) =>
      Promise.all([a, b].map((one) => frames.frame(one, frameAtStep(one, at, { rate, count }))));
    void both(step).then(([frameA, frameB]) => {
      if (!isLive || !frameA || !frameB || !canvasA || !canvasB) return;
      draw(canvasA, frameA);
      draw(canvasB, frameB);
      setDifference(isPlaying ? undefined : meanDifference(canvasA, canvasB));
      setTrouble({
        ...('trouble' in frameA ? { a: frameA.trouble } : {}),
        ...('trouble' in frameB ? { b: frameB.trouble } : {}),
      });
      if (!isPlaying || count === 1) return;
      const next = (step + 1) % count;
      void both(next);
      timer = setTimeout(() => setStep(next), Math.max(0, 1000 / rate - (performance.now() - began)));
    });
    return () => {
      isLive = false;
      clearTimeout(timer);
    };
  }, [frames, a, b, rate, count, step, isPlaying, canvasA, canvasB]);

  const goTo = (to: number) => {
    play(false);
    setStep((to + count) % count);
  };
  const toggle = (side: PairSide) => show(only === side ? undefined : side);
  const keys: Readonly<Record<string, () => void>> = {
    '1': () => toggle('a'),
    '2': () => toggle('b'),
    '0': () => setZoom(WHOLE),
    ...(count > 1
      ? {
          space: () => play(!isPlaying),
          arrowright: () => goTo(step + 1),
          arrowleft: () => goTo(step - 1),
          'shift+arrowright': () => goTo(step + FAR),
          'shift+arrowleft': () => goTo(step - FAR + count),
          home: () => goTo(0),
          end: () => goTo(count - 1),
        }
      : {}),
  };
  return {
    a,
    b,
    steps: { rate, count },
    step,
    difference,
    isPlaying,
    only,
    zoom,
    trouble,
    canvas: { a: setCanvasA, b: setCanvasB },
    goTo,
    play,
    show,
    setZoom,
    press(combo) {
      keys[combo]?.();
      return combo in keys;
    },
  };
}

function draw(canvas: HTMLCanvasElement, found: PairFrame): void {
  if (!('frame' in found)) {
    canvas.getContext('2d')!.clearRect(0, 0, canvas.width, canvas.height);
    return;
  }
  const { frame } = found;
  if (canvas.width !== frame.width || canvas.height !== frame.height)
    Object.assign(canvas, { width: frame.width, height: frame.height });
  canvas.getContext('2d')!.drawImage(frame, 0, 0);
}
