/** What is left of the picture and what is cut away; its edges can be taken hold of while it is being cropped. */
import type { KeyboardEvent } from 'react';
import type { PictureLayer } from '../../core/picture-layer.ts';
import { CROP_HANDLES, type CropHandle, type PictureSize } from '../../markup/layer-edits.ts';
import { wholeOf } from './picture-gestures.ts';
import { t, w } from '../../words/t.ts';

const NAMES: Readonly<Record<CropHandle, string>> = {
  nw: w('Top left corner of the crop'),
  n: w('Top edge of the crop'),
  ne: w('Top right corner of the crop'),
  e: w('Right edge of the crop'),
  se: w('Bottom right corner of the crop'),
  s: w('Bottom edge of the crop'),
  sw: w('Bottom left corner of the crop'),
  w: w('Left edge of the crop'),
};
/** In pixels of the screen: what is seen, and what a finger finds. */
const SEEN = 12;
const REACH = 30;

export function CropFrame({
  layer,
  picture,
  unit,
  shape,
  isActive,
  onKey,
}: {
  readonly layer: PictureLayer;
  readonly picture: PictureSize;
  readonly unit: number;
  readonly shape: number | undefined;
  readonly isActive: boolean;
  readonly onKey: (event: KeyboardEvent<Element>, grip: string) => void;
}) {
  const crop = layer.crop ?? wholeOf(picture);
  if (!layer.crop && !isActive) return null;
  const { x, y, width, height } = crop;
  const handles = CROP_HANDLES.filter((handle) => shape === undefined || handle.length === 2);
  return (
    <g className="crop" data-active={isActive}>
      <path
        className="crop__away"
        d={`M0 0H${picture.width}V${picture.height}H0ZM${x} ${y}V${y + height}H${x + width}V${y}Z`}
      />
      {isActive && (
        <>
          <rect
            className="crop__frame"
            role="button"
            tabIndex={0}
            aria-label={t('Frame of the crop')}
            data-crop="frame"
            {...crop}
            strokeWidth={1.5 * unit}
            onKeyDown={(event) => onKey(event, 'frame')}
          />
          <path className="crop__thirds" d={thirds(crop)} strokeWidth={unit} />
          {handles.map((handle) => {
            const cx = x + (handle.includes('w') ? 0 : handle.includes('e') ? width : width / 2);
            const cy = y + (handle.includes('n') ? 0 : handle.includes('s') ? height : height / 2);
            return (
              <g
                key={handle}
                className="crop__handle"
                role="button"
                tabIndex={0}
                aria-label={t(NAMES[handle])}
                data-crop={handle}
                onKeyDown={(event) => onKey(event, handle)}
              >
                <rect className="crop__reach" {...around(cx, cy, REACH * unit)} />
                <rect className="crop__seen" {...around(cx, cy, SEEN * unit)} strokeWidth={1.5 * unit} />
              </g>
            );
          })}
        </>
      )}
    </g>
  );
}

const around = (x: number, y: number, side: number) => ({
  x: x - side / 2,
  y: y - side / 2,
  width: side,
  height: side,
});

function thirds({ x, y, width, height }: ReturnType<typeof wholeOf>): string {
  return [1 / 3, 2 / 3]
    .map((share) => `M${x + width * share} ${y}v${height}M${x} ${y + height * share}h${width}`)
    .join('');
}
