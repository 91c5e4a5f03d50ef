/** The picture of a card as it is drawn on, whether or not it was run since. */
import { readLayer } from '../../core/picture-layer.ts';
import type { FileSetting } from '../../core/params.ts';
import { useUrl } from '../media.tsx';
import { MarkShape, MaskVeil } from '../panels/mark-shapes.tsx';
import './drawn-picture.css';

export default function DrawnPicture({ file }: { readonly file: FileSetting }) {
  const { width = 1, height = 1, hash } = file;
  const url = useUrl(hash);
  const layer = readLayer(file.layer, file);
  if (!layer || !url) return null;
  const { crop = { x: 0, y: 0, width, height }, marks, mask } = layer;
  return (
    <svg className="drawnpicture" viewBox={`${crop.x} ${crop.y} ${crop.width} ${crop.height}`} aria-hidden>
      <image href={url} width={width} height={height} preserveAspectRatio="none" />
      <MaskVeil mask={mask} picture={{ width, height }} />
      {marks.map((mark, at) => (
        <MarkShape key={at} mark={mark} />
      ))}
    </svg>
  );
}
