/**
 * `npm run lettering -- path/to/LeagueSpartan-Bold.otf`: takes the outlines that the built-in generator writes with out of
 * a font file. Needed only when letters are added: what it writes is part of the project.
 */
import { readFileSync, writeFileSync } from 'node:fs';
// @ts-expect-error -- The package has no types of its own.
import { parse } from 'opentype.js/dist/opentype.mjs';

const LETTERS =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÉÈÀÇÑabcdefghijklmnopqrstuvwxyzäöüßéèêàáíóúçñ0123456789.,:;!?&+-–\'’"/()#@%$€ ';
/** Outlines are kept in thousandths of a capital's height. */
const UNITS = 1000;

const [file] = process.argv.slice(2);
if (!file) throw new Error('Give the path of the font.');
const bytes = readFileSync(file);
const font = parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const scale = UNITS / font.charToGlyph('H').getMetrics().yMax;
const round = (/** @type {number} */ value) => Math.round(value * scale);

/** @param {string} letter */
function outlineOf(letter) {
  const glyph = font.charToGlyph(letter);
  const steps = glyph.path.commands.map((/** @type {any} */ step) => {
    if (step.type === 'Z') return 'Z';
    const ends = [step.x, -step.y];
    const handles = step.type === 'C' ? [step.x1, -step.y1, step.x2, -step.y2] : [];
    const handle = step.type === 'Q' ? [step.x1, -step.y1] : [];
    return `${step.type}${[...handles, ...handle, ...ends].map(round).join(' ')}`;
  });
  return `  ${JSON.stringify(letter)}: [${round(glyph.advanceWidth ?? 0)}, '${steps.join('')}'],`;
}

writeFileSync(
  new URL('../../src/markup/lettering/outlines.ts', import.meta.url),
  `/**
 * The letters of League Spartan Bold, made by \`test/sketch/build-lettering.js\`: how far each goes on, and its outline as SVG
 * writes it, in thousandths of a capital's height above the line. Their licence is LICENSE.txt beside this file.
 */
export const GLYPHS: Readonly<Record<string, readonly [advance: number, path: string]>> = {
${[...new Set(LETTERS)].map(outlineOf).join('\n')}
};
`,
);
