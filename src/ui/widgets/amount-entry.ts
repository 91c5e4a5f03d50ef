/** Typed amounts of money. They come late: no graph needs one to be drawn. */
import { useState, type InputHTMLAttributes } from 'react';
import type { Micros } from '../../core/money.ts';
import { numberText } from '../../core/number-text.ts';
import { decimalMark } from '../../words/t.ts';
import { keyOf } from '../keys.ts';
import { amountIn, whyNoAmount } from './amount.ts';
import '../theme/param.css';

/** The attributes of a field for an amount of money, which counts when the field is left, and what is wrong with it. */
export function useAmountEntry(
  value: Micros | undefined,
  optional: boolean,
  onChange: (amount: Micros | undefined) => void,
): { readonly field: InputHTMLAttributes<HTMLInputElement>; readonly problem: string | undefined } {
  const [text, setText] = useState<string>();
  const [unread, setUnread] = useState<string>();
  const commit = () => {
    if (text === undefined) return;
    const amount = amountIn(text);
    if (amount === undefined && !(optional && text.trim() === '')) return setUnread(text);
    setText(undefined);
    setUnread(undefined);
    onChange(amount);
  };
  const field = {
    inputMode: 'decimal',
    autoComplete: 'off',
    'aria-invalid': unread !== undefined,
    value: text ?? (value === undefined ? '' : numberText(value / 1e6, decimalMark())),
    onChange: (event) => setText(event.target.value),
    onBlur: commit,
    onKeyDown: (event) => keyOf(event) === 'Enter' && commit(),
  } satisfies InputHTMLAttributes<HTMLInputElement>;
  return {
    field,
    problem: unread === undefined ? undefined : whyNoAmount(unread),
  };
}
