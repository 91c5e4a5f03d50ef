/** A layer as it is seen over its picture, in pixels of the picture: marks as they will be drawn, the mask as a veil. */
import { memo, useId, useMemo } from 'react';
import type { DrawnMark, MaskStroke } from '../../core/picture-layer.ts';
import { withoutInversions, type PictureSize } from '../../markup/layer-edits.ts';
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
  const { isOpen, strokes } = withoutInversions(mask);
  return (
    <g className="veil">
      <mask id={id} maskUnits="userSpaceOnUse" x={0} y={0} width={width} height={height}>
        <rect className={isOpen ? 'veil__open' : 'veil__closed'} {...picture} />
        {strokes.map(({ stroke, erases }, at) => (
          <Stroke key={at} stroke={stroke} erases={erases} />
        ))}
      </mask>
      <rect width={width} height={height} mask={`url(#${id})`} />
    </g>
  );
}

const Stroke = memo(function Stroke({
  stroke: { kind, size, points },
  erases,
}: {
  readonly stroke: MaskStroke;
  readonly erases: boolean;
}) {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points;
  if (kind === 'rectangle')
    return (
      <rect
        className={erases ? 'veil__closed' : 'veil__open'}
        x={Math.min(x0, x1)}
        y={Math.min(y0, y1)}
        width={Math.abs(x1 - x0)}
        height={Math.abs(y1 - y0)}
      />
    );
  const line = points.length === 2 ? [...points, ...points] : points;
  return <polyline className={erases ? 'veil__erased' : 'veil__painted'} points={inPairs(line)} strokeWidth={size} />;
});
