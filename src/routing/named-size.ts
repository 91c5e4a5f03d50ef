/** How lists name sizes. */
import { own } from '../core/own.ts';

export interface NamedSize {
  /** The short side of a frame, in pixels. */
  readonly lines: number;
  /** Of a picture. */
  readonly megapixels: number;
}

/** `2K` is a frame of 1,440 lines, or a picture of 2,048 by 2,048. */
const LINES_OF: Readonly<Record<string, number>> = { '2': 1440, '4': 2160 };

/** `720p`: a frame of 720 lines; `2K`; `4MP`: so many megapixels. `undefined` where it is none of these. */
export function sizeNamed(name: string): NamedSize | undefined {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(p|k|mp)$/i.exec(name) ?? [];
  if (!count || !unit) return undefined;
  const number = Number(count);
  switch (unit.toLowerCase()) {
    case 'p':
      return { lines: number, megapixels: (number ** 2 * 16) / 9 / 1e6 };
    case 'k':
      return { lines: own(LINES_OF, count) ?? number * 720, megapixels: (number * 1024) ** 2 / 1e6 };
    default:
      return { lines: Math.sqrt((number * 1e6 * 9) / 16), megapixels: number };
  }
}
