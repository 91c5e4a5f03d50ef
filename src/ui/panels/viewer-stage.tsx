/** Where a result is looked at: all of it or each pixel, closer at the pointer, and dragged. */
import { useEffect, useRef, useState, type Dispatch, type RefObject, type SetStateAction } from 'react';
import type { Size } from '../../graph/graph.ts';
import type { ImageValue, VideoValue } from '../../core/values.ts';
import { Media, useUrl } from '../media.tsx';
import { useDrag, WHOLE, zoomedAt, zoomStyle, type Zoom } from '../zoom.ts';
import { t } from '../../words/t.ts';
import type { ViewedClip } from './viewed-clip.ts';

/** From here on pixels are shown as squares. */
const NEAR = 4;
const NEARLY_SAME = 0.005;

export interface LookingStage {
  readonly frame: RefObject<HTMLDivElement | null>;
  /** Of the picture as it fits. */
  readonly zoom: Zoom;
  readonly setZoom: Dispatch<SetStateAction<Zoom>>;
  /** Pixels of the screen for each pixel of the picture; nothing until it is laid out. */
  readonly share: number | undefined;
  readonly isActual: boolean;
  showActual(): void;
  /** One step, at the middle: in with 1, out with -1. */
  zoomBy(direction: 1 | -1): void;
}

export function useLookingStage({ hash, width, height }: ImageValue | VideoValue): LookingStage {
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>();
  const [zoomed, setZoomed] = useState({ hash, zoom: WHOLE });
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setSize(entry!.contentRect));
    watch.observe(frame.current!);
    return () => watch.disconnect();
  }, [hash]);
  // Another picture begins as a whole.
  const zoom = zoomed.hash === hash ? zoomed.zoom : WHOLE;
  const setZoom: LookingStage['setZoom'] = (next) =>
    setZoomed((before) => {
      const from = before.hash === hash ? before.zoom : WHOLE;
      return { hash, zoom: typeof next === 'function' ? next(from) : next };
    });
  const fitted = size && Math.min(size.width / width, size.height / height) * window.devicePixelRatio;
  const share = fitted && fitted * zoom.scale;
  return {
    frame,
    zoom,
    setZoom,
    share,
    isActual: share !== undefined && Math.abs(share - 1) < NEARLY_SAME,
    showActual() {
      if (!fitted) return;
      const scale = 1 / fitted;
      setZoom({ scale, x: (1 - scale) / 2, y: (1 - scale) / 2 });
    },
    zoomBy(direction) {
      const box = frame.current?.getBoundingClientRect();
      if (!box) return;
      const middle = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
      setZoom((before) => zoomedAt(before, { deltaY: -direction, ...middle }, frame.current!));
    },
  };
}

export function ViewerStage({
  stage,
  value,
  of,
  clip,
}: {
  readonly stage: LookingStage;
  readonly value: ImageValue | VideoValue;
  readonly of: string;
  readonly clip: ViewedClip | undefined;
}) {
  const { frame, zoom, setZoom, share = 0 } = stage;
  const drag = useDrag(zoom, setZoom);
  useEffect(() => {
    const target = frame.current!;
    const onWheel = (event: WheelEvent) => {
      // With Ctrl, or by a pinch, browsers would zoom the page.
      event.preventDefault();
      setZoom((before) => zoomedAt(before, event, target));
    };
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => target.removeEventListener('wheel', onWheel);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- What is set is the same for as long as this is drawn.
  }, [frame]);
  return (
    <div
      ref={frame}
      className="viewer__stage"
      data-moves={zoom.scale !== 1}
      data-near={share >= NEAR}
      style={zoomStyle(zoom)}
      onDoubleClick={() => (stage.isActual ? setZoom(WHOLE) : stage.showActual())}
      {...drag}
    >
      {clip ? <ClipPicture clip={clip} of={of} /> : <Media value={value} of={of} />}
    </div>
  );
}

/** Without the browser's own controls, which lie on the picture. */
function ClipPicture({ clip, of }: { readonly clip: ViewedClip; readonly of: string }) {
  const url = useUrl(clip.value.hash);
  if (!url) return null;
  return <video src={url} aria-label={t('Result of {0}', of)} playsInline {...clip.video} />;
}
