/** The picture under its layer: where marks, the mask and the crop are drawn, by mouse, pen or finger. */
import { memo, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { ArtifactHash } from '../../core/ids.ts';
import type { DrawnMark, PictureLayer } from '../../core/picture-layer.ts';
import type { Size } from '../../graph/graph.ts';
import type { PictureSize } from '../../markup/layer-edits.ts';
import { pieceBounds, piecesOf } from '../../markup/mark-pieces.ts';
import { useUrl } from '../media.tsx';
import { WHOLE, zoomedAt, zoomStyle, type Zoom } from '../zoom.ts';
import type { PicturePoint } from './picture-gestures.ts';
import { CropFrame } from './crop-frame.tsx';
import { MarkShape, MaskVeil } from './mark-shapes.tsx';
import type { PictureTool } from './picture-tools.ts';
import { usePicturePointers, type PicturePointers } from './picture-pointers.ts';
import { t } from '../../words/t.ts';
import './picture-stage.css';

/** Of what is taken hold of, in pixels of the screen. */
const HANDLE = 6;
/** How near a pointer has to come to a line. */
const REACH = 18;

export interface PictureStageProps {
  readonly hash: ArtifactHash;
  readonly picture: PictureSize;
  readonly layer: PictureLayer;
  readonly tool: PictureTool;
  readonly selected: number | undefined;
  readonly shape: number | undefined;
  /** How wide what the mask is painted with is, while it is. */
  readonly brush: number | undefined;
  readonly onSelect: (mark: number | undefined) => void;
  readonly pointers: Pick<PicturePointers, 'begin' | 'move' | 'finish' | 'cancel'>;
  /** An arrow key moved an edge or the frame of the crop. */
  readonly onCropKey: (event: KeyboardEvent<Element>, grip: string) => void;
}

export function PictureStage(props: PictureStageProps) {
  const { hash, picture, layer, tool, selected, shape, brush, onSelect, onCropKey } = props;
  const { width, height } = picture;
  const frame = useRef<HTMLDivElement>(null);
  const zoomed = useRef<HTMLDivElement>(null);
  const drawing = useRef<SVGSVGElement>(null);
  const [room, setRoom] = useState<Size>();
  const [zoom, setZoom] = useState<Zoom>(WHOLE);
  const [hover, setHover] = useState<PicturePoint>();
  const url = useUrl(hash);
  useEffect(() => {
    const target = frame.current!;
    const watch = new ResizeObserver(([entry]) => setRoom(entry!.contentRect));
    // Without its padding, and as it is before it is zoomed.
    watch.observe(zoomed.current!);
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      setZoom((before) => zoomedAt(before, event, target));
    };
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      watch.disconnect();
      target.removeEventListener('wheel', onWheel);
    };
  }, []);
  const handlers = usePicturePointers({ ...props.pointers, hover: setHover, frame, drawing, picture, zoom, setZoom });
  const fitted = room ? Math.min(room.width / width, room.height / height) : 0;
  const unit = fitted > 0 ? 1 / (fitted * zoom.scale) : 1;
  return (
    <div ref={frame} tabIndex={-1} className="picture-stage" data-tool={tool} style={zoomStyle(zoom)} {...handlers}>
      <div ref={zoomed} className="picture-stage__zoomed">
        <svg
          ref={drawing}
          role="group"
          aria-label={t('Picture with what is drawn on it')}
          viewBox={`0 0 ${width} ${height}`}
          width={width * fitted}
          height={height * fitted}
        >
          {url && <image href={url} width={width} height={height} preserveAspectRatio="none" />}
          <MaskVeil mask={layer.mask} picture={picture} />
          {layer.marks.map((mark, at) => (
            <MarkOnStage
              key={at}
              mark={mark}
              at={at}
              unit={unit}
              isSelected={selected === at}
              isReached={tool === 'select' || selected === at}
              onSelect={onSelect}
            />
          ))}
          {hover && brush !== undefined && (
            <g className="brush" strokeWidth={unit}>
              <circle cx={hover.x} cy={hover.y} r={brush / 2 + unit} />
              <circle cx={hover.x} cy={hover.y} r={brush / 2} />
            </g>
          )}
          <CropFrame {...{ layer, picture, unit, shape }} isActive={tool === 'crop'} onKey={onCropKey} />
        </svg>
      </div>
    </div>
  );
}

/** Drawn again only when it changes itself: there may be many while one is drawn. */
const MarkOnStage = memo(function MarkOnStage({
  mark,
  at,
  unit,
  isSelected,
  isReached,
  onSelect,
}: {
  readonly mark: DrawnMark;
  readonly at: number;
  /** A pixel of the screen, in pixels of the picture. */
  readonly unit: number;
  readonly isSelected: boolean;
  /** The pointer can take hold of it. */
  readonly isReached: boolean;
  readonly onSelect: (mark: number) => void;
}) {
  const pieces = piecesOf(mark);
  const { left, top, right, bottom } = pieceBounds(pieces);
  const hasEnds = mark.kind === 'arrow' || mark.kind === 'box';
  const around = 4 * unit;
  return (
    <g
      className="mark"
      role="button"
      tabIndex={0}
      aria-pressed={isSelected}
      aria-label={nameOf(mark, at)}
      data-mark={at}
      data-reached={isReached}
      onFocus={() => onSelect(at)}
    >
      <MarkShape mark={mark} />
      {pieces.map(
        (piece, i) =>
          'line' in piece && (
            <polyline
              key={i}
              className="mark__reach"
              points={piece.line.join(' ')}
              strokeWidth={Math.max(piece.width, REACH * unit)}
            />
          ),
      )}
      <rect
        className="mark__area"
        x={left - around}
        y={top - around}
        width={right - left + 2 * around}
        height={bottom - top + 2 * around}
        strokeWidth={1.5 * unit}
        strokeDasharray={`${4 * unit} ${3 * unit}`}
      />
      {isSelected &&
        hasEnds &&
        [0, 1].map((point) => (
          <circle
            key={point}
            className="mark__end"
            data-point={point}
            cx={mark.points[point * 2]}
            cy={mark.points[point * 2 + 1]}
            r={HANDLE * unit}
            strokeWidth={1.5 * unit}
          />
        ))}
    </g>
  );
});

/** What screen readers call it, by its place among all marks. */
function nameOf({ kind, text = '' }: DrawnMark, at: number): string {
  switch (kind) {
    case 'arrow':
      return t('Mark {0}: arrow', at + 1);
    case 'box':
      return t('Mark {0}: box', at + 1);
    case 'line':
      return t('Mark {0}: line', at + 1);
    case 'label':
      return t('Mark {0}: label “{1}”', at + 1, text);
    case 'number':
      return t('Mark {0}: number {1}', at + 1, text);
    default:
      return kind satisfies never;
  }
}
