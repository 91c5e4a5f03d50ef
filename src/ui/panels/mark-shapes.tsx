/** A layer as it is seen over its picture, in pixels of the picture: marks as they will be drawn, the mask as a veil. */
import { memo, useId, useMemo } from 'react';
import type { DrawnMark, MaskStroke } from '../../core/picture-layer.ts';
import type { PictureSize } from '../../markup/layer-edits.ts';
import { piecesOf, type MarkPiece } from '../../markup/mark-pieces.ts';
import './mark-shapes.css';

/** Rows of a path are many numbers: a hundredth of a pixel is not seen. */
const short = (value: number): string => String(Math.round(value * 100) / 100);
const inPairs = (points: readonly number[]): string => points.map(short).join(' ');
const pathOf = (polygons: readonly (readonly number[])[]): string =>
  polygons.map((polygon) => `M${inPairs(polygon)}Z`).join('');

function Piece({ piece }: { readonly piece: MarkPiece }) {
  if ('polygons' in piece) return <path d={pathOf(piece.polygons)} fill={piece.colour} />;
  // A line of one point is a dot, which no browser draws.
  const points = piece.line.length === 2 ? [...piece.line, ...piece.line] : piece.line;
  return <polyline className="mark-line" points={inPairs(points)} stroke={piece.colour} strokeWidth={piece.width} />;
}

export function MarkShape({ mark }: { readonly mark: DrawnMark }) {
  const pieces = useMemo(() => piecesOf(mark), [mark]);
  return pieces.map((piece, at) => <Piece key={at} piece={piece} />);
}

/** What a mask leaves open lies under a veil of one colour. */
export function MaskVeil({ mask, picture }: { readonly mask: readonly MaskStroke[]; readonly picture: PictureSize }) {
  const id = useId();
  const { width, height } = picture;
  if (mask.length === 0) return null;
  return (
    <g className="veil">
      <filter
        id={`${id}-turned`}
        filterUnits="userSpaceOnUse"
        x={0}
        y={0}
        width={width}
        height={height}
        colorInterpolationFilters="sRGB"
      >
        <feComponentTransfer>
          <feFuncR type="table" tableValues="1 0" />
          <feFuncG type="table" tableValues="1 0" />
          <feFuncB type="table" tableValues="1 0" />
        </feComponentTransfer>
      </filter>
      <mask id={id} maskUnits="userSpaceOnUse" x={0} y={0} width={width} height={height}>
        <Strokes mask={mask} picture={picture} turned={`${id}-turned`} />
      </mask>
      <rect width={width} height={height} mask={`url(#${id})`} />
    </g>
  );
}

/** Each inversion turns all that was painted before it. */
function Strokes({
  mask,
  picture,
  turned,
}: {
  readonly mask: readonly MaskStroke[];
  readonly picture: PictureSize;
  readonly turned: string;
}) {
  const turn = mask.findLastIndex(({ kind }) => kind === 'invert');
  const before = mask.slice(0, Math.max(0, turn));
  return (
    <>
      {turn < 0 ? (
        <rect className="veil__closed" {...picture} />
      ) : (
        <g filter={`url(#${turned})`}>
          <Strokes mask={before} picture={picture} turned={turned} />
        </g>
      )}
      {mask.slice(turn + 1).map((stroke, at) => (
        <Stroke key={at} stroke={stroke} />
      ))}
    </>
  );
}

const Stroke = memo(function Stroke({ stroke: { kind, size, points } }: { readonly stroke: MaskStroke }) {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points;
  if (kind === 'rectangle')
    return (
      <rect
        className="veil__open"
        x={Math.min(x0, x1)}
        y={Math.min(y0, y1)}
        width={Math.abs(x1 - x0)}
        height={Math.abs(y1 - y0)}
      />
    );
  const line = points.length === 2 ? [...points, ...points] : points;
  return (
    <polyline
      className={kind === 'eraser' ? 'veil__erased' : 'veil__painted'}
      points={inPairs(line)}
      strokeWidth={size}
    />
  );
});
