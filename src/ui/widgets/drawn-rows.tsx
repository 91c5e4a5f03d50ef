/** Long lists, of which only what is in sight is drawn. */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import './drawn-rows.css';

/** Lists of up to this many rows are drawn whole: there the browser's own search, print and selection reach all of it. */
export const MOST_WHOLE = 200;
/** Drawn above and below what is in sight, so that Tab always finds the next row. */
const OVERSCAN = 8;
/** What a row may hold that would be lost with it: the keyboard, what was typed and does not count yet. */
const HELD = ':focus, [aria-invalid=true], form';

interface LongList<E extends HTMLElement> {
  /** The element whose children are the rows. */
  readonly list: RefObject<E | null>;
  /** What it scrolls in: a selector of something around it. */
  readonly scroller: string;
  /** Of each row, in order: what it is known by while others come and go. */
  readonly keys: readonly string[];
  /** How tall a row is about, in pixels, until it was drawn. */
  readonly usualHeight: number;
  /** Between two rows, in pixels. */
  readonly gap?: number;
  /** Drawn whole up to so many rows, where a row is more than a line. */
  readonly mostWhole?: number;
}
interface DrawnRow {
  readonly at: number;
  /** How tall the rows are that stand between it and the one drawn before it, and are not drawn; in pixels. */
  readonly skipped: number;
}
interface DrawnRows {
  readonly isLong: boolean;
  readonly rows: readonly DrawnRow[];
  /** How tall the rows after the last one drawn are, in pixels. */
  readonly skippedBelow: number;
  /** For each row's element, which also says its place as `data-row`. */
  readonly rowRef: ((row: HTMLElement | null) => void) | undefined;
  /**
   * Brings a row into sight, by its place or what it is known by, and then does something with it; nothing where there
   * is no such row.
   */
  readonly show: (which: number | string, act?: (row: HTMLElement) => void) => void;
}

export function useDrawnRows<E extends HTMLElement>(long: LongList<E>): DrawnRows {
  const { list, scroller, keys, usualHeight, gap = 0, mostWhole = MOST_WHOLE } = long;
  const isLong = keys.length > mostWhole;
  const [above, setAbove] = useState(0);
  const known = useRef(keys);
  const awaited = useRef<{ readonly at: number; readonly act: (row: HTMLElement) => void }>(undefined);
  const rowAt = useCallback(
    (at: number) => list.current?.querySelector<HTMLElement>(rowThat(`[data-row="${at}"]`)),
    [list],
  );

  /** Rows that hold something, with their neighbours, so that Tab goes on from them to the next. */
  const heldRows = () =>
    [...(list.current?.querySelectorAll<HTMLElement>(rowThat(`:is(${HELD}, :has(${HELD}))`)) ?? [])].flatMap((row) => {
      const at = keys.indexOf(known.current[Number(row.dataset['row'])] ?? '');
      return at < 0 ? [] : [at - 1, at, at + 1].filter((place) => keys[place] !== undefined);
    });
  // oxlint-disable-next-line react/incompatible-library -- The rule is for React Compiler, which this project does not use.
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    enabled: isLong,
    count: keys.length,
    getItemKey: (at) => keys[at]!,
    getScrollElement: () => list.current?.closest<HTMLElement>(scroller) ?? null,
    estimateSize: () => usualHeight,
    indexAttribute: 'data-row',
    scrollMargin: above,
    gap,
    overscan: OVERSCAN,
    rangeExtractor: (range) =>
      [...new Set([...heldRows(), ...defaultRangeExtractor(range)])].sort((one, other) => one - other),
  });

  // oxlint-disable-next-line react-hooks/exhaustive-deps -- Anything above may have grown since; the same distance is no change, so it ends.
  useLayoutEffect(() => {
    known.current = keys;
    const [top, around] = [list.current, list.current?.closest(scroller)];
    if (!isLong || !top || !around) return;
    // What stands above the list scrolls with it, and changes its height.
    const distance = top.getBoundingClientRect().top - around.getBoundingClientRect().top - around.clientTop;
    setAbove(Math.round(distance + around.scrollTop));
  });
  useLayoutEffect(() => {
    const row = awaited.current && rowAt(awaited.current.at);
    if (!row) return;
    awaited.current!.act(row);
    awaited.current = undefined;
  });
  const show = useCallback(
    (which: number | string, act: (row: HTMLElement) => void = () => {}) => {
      const at = typeof which === 'string' ? known.current.indexOf(which) : which;
      if (at < 0 || at >= known.current.length) return;
      const row = rowAt(at);
      awaited.current = row ? undefined : { at, act };
      if (!row) return virtualizer.scrollToIndex(at);
      row.scrollIntoView({ block: 'nearest' });
      act(row);
    },
    [rowAt, virtualizer],
  );

  if (!isLong)
    return { isLong, rows: keys.map((_, at) => ({ at, skipped: 0 })), skippedBelow: 0, rowRef: undefined, show };
  const items = virtualizer.getVirtualItems();
  /** Where the row that follows one would begin. */
  const after = (place: number) => (place < 0 ? above : items[place]!.end + gap);
  return {
    isLong,
    rows: items.map(({ index, start }, place) => ({ at: index, skipped: start - after(place - 1) })),
    skippedBelow: items.length > 0 ? Math.max(0, virtualizer.getTotalSize() + above - after(items.length - 1)) : 0,
    rowRef: virtualizer.measureElement,
    show,
  };
}

/** Rows and not what is in them. */
const rowThat = (selector: string): string => `:scope > [data-row]${selector}`;

/** In a table, room for rows that are not drawn. */
export const SkippedRows = ({ height, columns }: { readonly height: number; readonly columns: number }) =>
  height > 0 && (
    <tr className="skipped-rows" aria-hidden>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
