/** Tips: what more there is to say about a part of the page. `tip-layer.ts` shows them to eyes. */
import { loadPart } from '../../load-part.ts';

export interface TipProps {
  readonly 'data-tip'?: string;
  readonly 'aria-description'?: string;
}

/** For a control: said when a pointer or the focus rests on it or a finger is held on it, and by screen readers. */
export const tip = (text: string | undefined): TipProps => (text ? { 'data-tip': text, 'aria-description': text } : {});

/** For a control without words: its name, which is its tip as well. */
export const named = (name: string) => ({ 'data-tip': name, 'aria-label': name });

/** For what is no control: Tab stops at it, so that its tip is reached without a pointer. */
export const tipToStopAt = (text: string | undefined): TipProps & { readonly tabIndex?: 0 } =>
  text ? { ...tip(text), tabIndex: 0 } : {};

const FIRST_USE = ['pointermove', 'pointerdown', 'keydown'] as const;
/** Loads what shows tips when the page is used for the first time: nothing of it is in the first load. */
export function showTipsFromFirstUse(): void {
  const listening = new AbortController();
  const start = (event: Event) => {
    listening.abort();
    loadPart(() => import('./tip-layer.ts')).then(
      ({ showTips }) => showTips(event.type === 'keydown'),
      // Asked for again when there is a connection: until then controls have their names.
      () => window.addEventListener('online', showTipsFromFirstUse, { once: true }),
    );
  };
  for (const type of FIRST_USE) window.addEventListener(type, start, { capture: true, signal: listening.signal });
}
