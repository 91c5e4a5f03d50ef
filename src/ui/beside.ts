/** Puts what floats beside what it belongs to, where the window has room for it, and keeps it there. */
import { autoUpdate, computePosition, flip, hide, offset, shift, type Placement } from '@floating-ui/dom';
import type { Point } from '../graph/graph.ts';

/** What is kept free at the edges of the window, in pixels. */
const EDGE = 8;

export interface Beside {
  readonly placement: Placement;
  /** Between the two, in pixels. */
  readonly gap?: number;
  /** It stays on its side, even if it has to lie over what it belongs to. */
  readonly stays?: boolean;
  /** Called when what it belongs to left the page or was scrolled out of sight. */
  readonly onGone?: () => void;
}

/** Goes on until the function it returns is called, or until what floats leaves the page. */
export function keepBeside(anchor: Element | Point, floating: HTMLElement, how: Beside): () => void {
  const isPoint = !(anchor instanceof Element);
  const reference = isPoint ? { getBoundingClientRect: () => new DOMRect(anchor.x, anchor.y) } : anchor;
  const middleware = [
    offset(how.gap ?? 0),
    !how.stays && flip({ padding: EDGE }),
    shift({ padding: EDGE, crossAxis: how.stays === true }),
    hide(),
  ];
  const settings = { strategy: 'fixed', placement: how.placement, middleware } as const;
  let over = false;
  const place = async () => {
    const { x, y, middlewareData } = await computePosition(reference, floating, settings);
    if (!floating.isConnected) end();
    if (over) return;
    if (!isPoint && (!anchor.isConnected || middlewareData.hide?.referenceHidden)) how.onGone?.();
    else Object.assign(floating.style, { inset: 'auto', margin: '0', left: `${x}px`, top: `${y}px` });
  };
  // A list at a point may become shorter while it is searched: it does not move then.
  const stop = autoUpdate(reference, floating, () => void place(), { elementResize: !isPoint });
  const end = () => {
    over = true;
    stop();
  };
  return end;
}
