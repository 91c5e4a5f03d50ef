/**
 * Typed numbers and amounts: what is typed counts as soon as it can be read, is never changed under the hand, and what
 * cannot be read is said.
 */
import { useEffect, useId, useLayoutEffect, useRef, useState, type ComponentProps } from 'react';
import { numberIn, numberText } from '../../core/number-text.ts';
import { loadPart } from '../../load-part.ts';
import { decimalMark, t } from '../../words/t.ts';
import '../theme/param.css';

interface NumberEntry {
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  /** An empty field means no number, and is right. */
  readonly optional?: boolean;
  /** By how much an arrow key, the wheel and a drag change it. */
  readonly step?: number | undefined;
  readonly unit?: string | undefined;
  /** `wrong`: nothing could be read, or it is out of range. */
  readonly onRead: (value: number | undefined, wrong: boolean) => void;
}

/** What is known of a number by what takes hold of its field, see `number-hand.ts`. */
export interface HeldNumber extends Pick<NumberEntry, 'value' | 'min' | 'max' | 'whole'> {
  readonly step: number;
  readonly unit: string;
  /** Whether a text is to be worked out, once it is finished. */
  isPending(text: string): boolean;
  put(value: number | undefined): void;
  refuse(text: string): void;
}
/** By the field: how to ask for its number as it is now. */
export const heldNumbers = new WeakMap<Element, () => HeldNumber>();
/** `entered`: where Enter was pressed, perhaps before anybody listened. */
const bringHand = (entered?: HTMLInputElement) =>
  loadPart(() => import('./number-hand.ts')).then((hand) => hand.listenToNumbers(entered));
/** A sum, or a number with its unit: it counts with Enter, or when the field is left. */
const isPending = (text: string): boolean => /\d/.test(text) && /[-+*/×÷(%°\u2212]|\d\s*[a-z]/i.test(text);

/** The attributes of a field for a number, and what is wrong with what stands in it. */
export function useNumberEntry({ value, min, max, whole, optional = false, step, unit = '', onRead }: NumberEntry): {
  readonly field: ComponentProps<'input'>;
  readonly problem: string | undefined;
} {
  const [typed, setTyped] = useState<{
    readonly text: string;
    readonly wrong: boolean;
    readonly value: number | undefined;
  }>();
  // Changed from elsewhere, by undo or a slider: what was typed is over.
  const own = typed && (value === typed.value || (typed.wrong && value === undefined)) ? typed : undefined;
  const enter = (text: string) => {
    const read = numberIn(text, decimalMark());
    if (read === undefined && isPending(text)) return setTyped({ text, wrong: false, value });
    const empty = optional && text.trim() === '';
    const fits = empty || (read !== undefined && read >= min && read <= max && (!whole || Number.isInteger(read)));
    setTyped({ text, wrong: !fits, value: fits ? read : value });
    onRead(fits ? read : undefined, !fits);
  };
  const held: HeldNumber = {
    value,
    min,
    max,
    whole,
    unit,
    isPending,
    step: step ?? (whole ? 1 : Number.isFinite(max - min) ? (max - min) / 100 : 0.1),
    put(next) {
      setTyped(undefined);
      if (next !== value && (next !== undefined || optional)) onRead(next, false);
    },
    refuse(text) {
      setTyped({ text, wrong: true, value });
      onRead(undefined, true);
    },
  };
  const latest = useRef(held);
  useLayoutEffect(() => void (latest.current = held));
  useEffect(() => void bringHand(), []);
  const field = {
    ref(element) {
      if (!element) return;
      element.dataset['number'] = '';
      heldNumbers.set(element, () => latest.current);
    },
    inputMode: whole ? 'numeric' : 'decimal',
    autoComplete: 'off',
    'aria-invalid': own?.wrong ?? false,
    value: own?.text ?? (value === undefined ? '' : numberText(value, decimalMark())),
    onChange: (event) => enter(event.target.value),
    onKeyDown: ({ key, currentTarget }) => void (key === 'Enter' && bringHand(currentTarget)),
    onBlur: () => setTyped((before) => (before?.wrong ? before : undefined)),
  } satisfies ComponentProps<'input'>;
  return { field, problem: own?.wrong ? problemWith(own.text, rangeInWords(min, max, whole)) : undefined };
}

/** A mark between thousands might be a decimal mark to somebody else, so it is not read. */
const problemWith = (text: string, range: string): string =>
  numberIn(text, decimalMark()) === undefined && /\d[.,]\d{3}/.test(text)
    ? `${range} ${t('Write it without a mark between thousands.')}`
    : range;

function rangeInWords(min: number, max: number, whole: boolean): string {
  const [least, most] = [numberText(min, decimalMark()), numberText(max, decimalMark())];
  if (max === Infinity) return whole ? t('A whole number, {0} or more.', least) : t('A number, {0} or more.', least);
  return whole ? t('A whole number from {0} to {1}.', least, most) : t('A number from {0} to {1}.', least, most);
}

/** A number, with what is wrong with it below. */
export function NumberField({
  id,
  label,
  placeholder,
  ...entry
}: NumberEntry & { readonly id?: string; readonly label?: string; readonly placeholder?: string }) {
  const { field, problem } = useNumberEntry(entry);
  const help = useId();
  return (
    <>
      <input
        {...field}
        id={id}
        className="field tabular"
        aria-label={label}
        aria-describedby={problem && help}
        placeholder={placeholder}
      />
      {problem && (
        <span id={help} className="param__help">
          {problem}
        </span>
      )}
    </>
  );
}
