/** What can be set for the chosen tool or mark, and what else can be done with it. */
import { Contrast, Plus, Trash2 } from 'lucide-react';
import { useId, useLayoutEffect, useRef } from 'react';
import {
  LAYER_COLOURS,
  LONGEST_MARK_TEXT,
  type LayerColour,
  type DrawnMark,
  type PictureLayer,
} from '../../core/picture-layer.ts';
import { cropOfShape, type PictureSize } from '../../markup/layer-edits.ts';
import { lettersMissing } from '../../markup/lettering/lettering.ts';
import type { Said } from '../../core/say.ts';
import { comboInWords, keyOf } from '../keys.ts';
import { rove, stopAt } from '../widgets/roving.ts';
import { named, tip } from '../widgets/tip.ts';
import { wholeOf } from './picture-gestures.ts';
import { CROP_SHAPES, MOST_STEPS, PICTURE_TOOLS, type PictureTool } from './picture-tools.ts';
import { t, w } from '../../words/t.ts';

const COLOURS: readonly (readonly [LayerColour, string])[] = [
  ['red', w('red')],
  ['amber', w('amber')],
  ['green', w('green')],
  ['blue', w('blue')],
  ['white', w('white')],
  ['black', w('black')],
];

interface OptionsProps {
  readonly tool: PictureTool;
  readonly layer: PictureLayer;
  readonly picture: PictureSize;
  /** The chosen one. */
  readonly mark: DrawnMark | undefined;
  readonly size: number;
  readonly colour: LayerColour;
  readonly shapeName: string | undefined;
  /** Its number, and that of a label that is to be written at once. */
  readonly selected: number | undefined;
  readonly written: number | undefined;
  readonly onSize: (size: number) => void;
  readonly onColour: (colour: LayerColour) => void;
  readonly onText: (text: string) => void;
  readonly onShape: (name: string | undefined) => void;
  readonly onChange: (label: Said, layer: PictureLayer) => void;
  readonly onRemove: () => void;
  readonly onPlace: () => void;
  readonly onInvert: () => void;
}

export function PictureOptions(props: OptionsProps) {
  const { tool, layer, mark, onChange, onPlace, onInvert, onRemove } = props;
  const { of, hint } = PICTURE_TOOLS[tool];
  const isOfMarks = of === 'marks' || mark !== undefined;
  return (
    <div className="picture-options">
      <div className="picture-options__set">
        {isOfMarks && <Colours colour={mark?.colour ?? props.colour} onColour={props.onColour} />}
        {(isOfMarks || of === 'mask') && <SizeSlider size={props.size} onSize={props.onSize} />}
        {mark?.text !== undefined && <MarkText key={props.selected} {...props} text={mark.text} />}
        {mark && (
          <button className="button button--quiet" type="button" {...tip(comboInWords('delete'))} onClick={onRemove}>
            <Trash2 size={14} aria-hidden /> {t('Remove the mark')}
          </button>
        )}
        {of === 'crop' && <CropOptions {...props} />}
        {of === 'mask' && (
          <>
            <button className="button button--quiet" type="button" {...tip(comboInWords('i'))} onClick={onInvert}>
              <Contrast size={14} aria-hidden /> {t('Invert the mask')}
            </button>
            <button
              className="button button--quiet"
              type="button"
              disabled={layer.mask.length === 0}
              onClick={() => onChange(w('Clear the mask'), { ...layer, mask: [] })}
            >
              <Trash2 size={14} aria-hidden /> {t('Clear the mask')}
            </button>
          </>
        )}
        {(of === 'marks' || of === 'mask') && !mark && (
          <button
            className="button button--quiet button--icon"
            type="button"
            {...named(t('Put one in the middle, without a pointer'))}
            onClick={onPlace}
          >
            <Plus size={15} aria-hidden />
          </button>
        )}
      </div>
      <p className="muted picture-options__hint">{t(hint)}</p>
    </div>
  );
}

function Colours({
  colour,
  onColour,
}: {
  readonly colour: LayerColour;
  readonly onColour: (colour: LayerColour) => void;
}) {
  return (
    <div className="picture-colours" role="radiogroup" aria-label={t('Colour')} onKeyDown={rove}>
      {COLOURS.map(([one, name], at) => (
        <button
          key={one}
          type="button"
          role="radio"
          aria-checked={one === colour}
          tabIndex={stopAt(one === colour, at, true)}
          style={{ background: LAYER_COLOURS[one].fill }}
          {...named(t(name))}
          onClick={() => onColour(one)}
        />
      ))}
    </div>
  );
}

function SizeSlider({ size, onSize }: { readonly size: number; readonly onSize: (size: number) => void }) {
  const id = useId();
  return (
    <span className="picture-size">
      <label htmlFor={id}>{t('Size')}</label>
      <input
        id={id}
        type="range"
        min={1}
        max={MOST_STEPS}
        value={size}
        {...tip(t('Smaller with [, larger with ]'))}
        onChange={(event) => onSize(Number(event.target.value))}
      />
      <output className="tabular" htmlFor={id}>
        {size}
      </output>
    </span>
  );
}

/** What a label or a number says. Enter is done with it. */
function MarkText({ text, selected, written, onText }: OptionsProps & { readonly text: string }) {
  const field = useRef<HTMLInputElement>(null);
  const isAtOnce = selected === written;
  useLayoutEffect(() => {
    if (!isAtOnce) return;
    field.current!.focus();
    field.current!.select();
  }, [isAtOnce]);
  const missing = lettersMissing(text);
  return (
    <>
      <input
        ref={field}
        className="field picture-text"
        aria-label={t('Text of the mark')}
        value={text}
        maxLength={LONGEST_MARK_TEXT}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (keyOf(event) !== 'Enter') return;
          event.preventDefault();
          const marks = event.currentTarget
            .closest('dialog')!
            .querySelectorAll<SVGElement>('[data-mark][aria-pressed=true]');
          marks[0]?.focus();
        }}
      />
      {missing.length > 0 && (
        <span className="muted" role="status">
          {t('Not in the font, left blank: {0}', missing.join(' '))}
        </span>
      )}
    </>
  );
}

const FREE = 'free';
function CropOptions({ layer, picture, shapeName, onShape, onChange }: OptionsProps) {
  const id = useId();
  const crop = layer.crop ?? wholeOf(picture);
  return (
    <>
      <label className="picture-size" htmlFor={id}>
        {t('Shape')}
        <select
          id={id}
          className="field"
          value={shapeName ?? FREE}
          onChange={(event) => {
            const name = event.target.value === FREE ? undefined : event.target.value;
            onShape(name);
            const shape = name === undefined ? undefined : CROP_SHAPES[name];
            if (shape !== undefined)
              onChange(w('Crop the picture'), { ...layer, crop: cropOfShape(picture, shape, crop) });
          }}
        >
          <option value={FREE}>{t('Free')}</option>
          {Object.keys(CROP_SHAPES).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <output className="tabular" aria-label={t('Size of what is left')}>
        {t('{0} × {1} of {2} × {3} pixels', crop.width, crop.height, picture.width, picture.height)}
      </output>
      <button
        className="button button--quiet"
        type="button"
        disabled={!layer.crop}
        onClick={() => {
          const { crop: _, ...whole } = layer;
          onShape(undefined);
          onChange(w('Take back the crop'), whole);
        }}
      >
        {t('The whole picture')}
      </button>
    </>
  );
}
