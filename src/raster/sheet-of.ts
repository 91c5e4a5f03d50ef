/** Many pictures as one, in rows. */
import type { Raster } from '../core/values.ts';
import { resize, type Breathe } from './filters.ts';
import { drawFigures, FIGURE_HEIGHT } from './pixel-figures.ts';

export interface SheetLayout {
  readonly columns: number;
  /** Of each cell without its label, in pixels. */
  readonly cell: { readonly width: number; readonly height: number };
  /** Between cells and around them, in pixels. */
  readonly gap: number;
  readonly isLabelled: boolean;
  /** 0 black, 255 white. */
  readonly ground: number;
}
/** Figures are drawn so many times smaller than a cell is wide. */
const CELLS_TO_FIGURE = 160;

const scaleIn = ({ cell }: SheetLayout): number => Math.max(1, Math.floor(cell.width / CELLS_TO_FIGURE + 0.5));
const labelHeight = (layout: SheetLayout): number => (layout.isLabelled ? (FIGURE_HEIGHT + 3) * scaleIn(layout) : 0);

/** Width and height of a sheet of so many pictures. */
export function sheetSize(count: number, layout: SheetLayout): { readonly width: number; readonly height: number } {
  const { cell, gap, columns } = layout;
  const rows = Math.ceil(count / columns);
  return {
    width: Math.min(columns, count) * (cell.width + gap) + gap,
    height: rows * (cell.height + labelHeight(layout) + gap) + gap,
  };
}

/**
 * Each picture as large as fits into its cell, in the middle of it, its label below. Labels are figures. Pictures are
 * asked for one after another.
 */
export async function sheetOf(
  pictures: readonly { readonly label: string; readonly raster: () => Promise<Raster> }[],
  layout: SheetLayout,
  breathe: Breathe,
): Promise<Raster> {
  const { cell, columns, gap, ground } = layout;
  const { width, height } = sheetSize(pictures.length, layout);
  const sheet = { width, height, data: new Uint8ClampedArray(width * height * 4).fill(ground) };
  for (let at = 3; at < sheet.data.length; at += 4) sheet.data[at] = 255;
  for (const [at, { label, raster }] of pictures.entries()) {
    const left = gap + (at % columns) * (cell.width + gap);
    const top = gap + Math.floor(at / columns) * (cell.height + labelHeight(layout) + gap);
    const picture = await raster();
    const scale = Math.min(cell.width / picture.width, cell.height / picture.height);
    const fitted = await resize(
      picture,
      Math.max(1, Math.min(cell.width, Math.round(picture.width * scale))),
      Math.max(1, Math.min(cell.height, Math.round(picture.height * scale))),
      async () => {},
    );
    lay(sheet, fitted, left + ((cell.width - fitted.width) >> 1), top + ((cell.height - fitted.height) >> 1), ground);
    if (layout.isLabelled)
      drawFigures(
        sheet,
        label,
        left,
        top + cell.height + 2 * scaleIn(layout),
        scaleIn(layout),
        ground < 128 ? 220 : 40,
      );
    await breathe((at + 1) / pictures.length);
  }
  return sheet;
}

/** What shines through is the ground. */
function lay(on: Raster, picture: Raster, left: number, top: number, ground: number): void {
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const from = (y * picture.width + x) * 4;
      const to = ((top + y) * on.width + left + x) * 4;
      const alpha = picture.data[from + 3]!;
      for (let c = 0; c < 3; c++)
        on.data[to + c] = Math.floor((picture.data[from + c]! * alpha + ground * (255 - alpha)) / 255 + 0.5);
    }
  }
}
