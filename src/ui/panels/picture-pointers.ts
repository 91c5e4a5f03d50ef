/** Pointers over the picture: one draws, two fingers zoom and move, the middle button moves. */
import { useRef, type Dispatch, type PointerEvent, type RefObject, type SetStateAction } from 'react';
import { CROP_HANDLES, type PictureSize } from '../../markup/layer-edits.ts';
import { CLOSEST, WHOLE, type Zoom } from '../zoom.ts';
import type { PictureGrip, PicturePoint } from './picture-gestures.ts';

export interface PicturePointers {
  begin(at: PicturePoint, grip: PictureGrip): void;
  move(to: PicturePoint): void;
  /** `pixels`: how far it went, on the screen. */
  finish(pixels: number): void;
  /** A second finger came: what the first began is not meant. */
  cancel(): void;
  /** A mouse or a pen is over this place, pressed or not; nothing once it has left. */
  hover(at: PicturePoint | undefined): void;
  readonly frame: RefObject<HTMLElement | null>;
  readonly drawing: RefObject<SVGSVGElement | null>;
  readonly picture: PictureSize;
  readonly zoom: Zoom;
  readonly setZoom: Dispatch<SetStateAction<Zoom>>;
}

interface Held {
  readonly begin: PicturePoint;
  now: PicturePoint;
  /** The farthest it was from where it began. */
  far: number;
}

export function usePicturePointers(pointers: PicturePointers) {
  const { frame, drawing, picture, zoom, setZoom } = pointers;
  const held = useRef(new Map<number, Held>());
  const draws = useRef<number>(undefined);
  const pen = useRef<number>(undefined);
  const pinch = useRef<{ readonly from: Zoom; readonly middle: PicturePoint; readonly apart: number }>(undefined);

  const inPicture = ({ clientX, clientY }: PointerEvent): PicturePoint => {
    const box = drawing.current!.getBoundingClientRect();
    return {
      x: ((clientX - box.left) / box.width) * picture.width,
      y: ((clientY - box.top) / box.height) * picture.height,
    };
  };
  const inFrame = (all: readonly Held[]) => {
    const box = frame.current!.getBoundingClientRect();
    const [a, b = a] = all.map(({ now }) => now);
    const middle = { x: ((a!.x + b!.x) / 2 - box.left) / box.width, y: ((a!.y + b!.y) / 2 - box.top) / box.height };
    return { middle, apart: Math.max(1, Math.hypot(b!.x - a!.x, b!.y - a!.y)) };
  };
  const beginView = () => void (pinch.current = { from: zoom, ...inFrame([...held.current.values()]) });

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button > 1) return;
      // The hand that holds a pen rests on the screen: its touches are none, and what they began is not meant.
      if (event.pointerType === 'pen') {
        if (held.current.size > 0) pointers.cancel();
        held.current.clear();
        pinch.current = undefined;
        pen.current = event.pointerId;
      } else if (pen.current !== undefined) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const now = { x: event.clientX, y: event.clientY };
      held.current.set(event.pointerId, { begin: now, now, far: 0 });
      if (event.button === 1 || held.current.size > 1) {
        if (draws.current !== undefined) pointers.cancel();
        draws.current = undefined;
        beginView();
        return;
      }
      draws.current = event.pointerId;
      pointers.begin(inPicture(event), gripAt(event.target as Element));
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (event.pointerType !== 'touch') pointers.hover(inPicture(event));
      const own = held.current.get(event.pointerId);
      if (!own) return;
      own.now = { x: event.clientX, y: event.clientY };
      own.far = Math.max(own.far, Math.hypot(own.now.x - own.begin.x, own.now.y - own.begin.y));
      if (event.pointerId === draws.current) return pointers.move(inPicture(event));
      if (!pinch.current) return;
      const { from, middle, apart } = pinch.current;
      const now = inFrame([...held.current.values()]);
      const scale = Math.min(CLOSEST, Math.max(1, (from.scale * now.apart) / apart));
      const k = scale / from.scale;
      const next = { scale, x: now.middle.x - (middle.x - from.x) * k, y: now.middle.y - (middle.y - from.y) * k };
      setZoom(scale === 1 ? WHOLE : next);
    },
    onPointerLeave: () => pointers.hover(undefined),
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const own = held.current.get(event.pointerId);
      held.current.delete(event.pointerId);
      if (event.pointerId === pen.current) pen.current = undefined;
      if (own && event.pointerId === draws.current) {
        draws.current = undefined;
        pointers.finish(own.far);
      }
      if (held.current.size > 0 && pinch.current) beginView();
      else pinch.current = undefined;
    },
    onPointerCancel(event: PointerEvent<HTMLElement>) {
      if (event.pointerId === pen.current) pen.current = undefined;
      // One that is not held is the hand beside a pen.
      if (!held.current.delete(event.pointerId)) return;
      if (event.pointerId === draws.current) pointers.cancel();
      draws.current = undefined;
      pinch.current = undefined;
    },
  };
}

function gripAt(target: Element): PictureGrip {
  const mark = target.closest('[data-mark]')?.getAttribute('data-mark');
  const point = target.closest('[data-point]')?.getAttribute('data-point');
  const edge = target.closest('[data-crop]')?.getAttribute('data-crop');
  const crop = edge === 'frame' ? edge : CROP_HANDLES.find((handle) => handle === edge);
  return {
    ...(mark ? { mark: Number(mark) } : {}),
    ...(point ? { point: Number(point) } : {}),
    ...(crop ? { crop } : {}),
  };
}
