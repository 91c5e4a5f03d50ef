/**
 * A sentence with fields, links or emphasis in it: `{0}`, `{1}`… stand where each language wants them, and numbers
 * choose the forms of words.
 */
import { Fragment, type ReactNode } from 'react';
import { t } from './t.ts';

export const sentence = (english: string, ...parts: readonly ReactNode[]): ReactNode =>
  t(english, ...parts.map((part, at) => (typeof part === 'number' ? part : `{${at}}`)))
    .split(/\{(\d)\}/)
    .map((piece, at) => (at % 2 ? <Fragment key={at}>{parts[Number(piece)]}</Fragment> : piece));
