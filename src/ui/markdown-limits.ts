/**
 * Which texts are read as Markdown. Readers of Markdown call themselves for each level and look back at each sign, so
 * nesting without end would end the page.
 */

/** Quotes and lists within each other. */
const DEEPEST = 16;
/** Signs that may begin or end something, in one paragraph. */
const MOST_SIGNS = 500;
const MOST_LINES = 1000;
/** Spaces that stand for one more level of a list. */
const INDENT = 2;

/** Whether a text nests no deeper than people write. Others are shown as they are. */
export function isModest(text: string): boolean {
  const lines = text.split('\n');
  if (lines.length > MOST_LINES) return false;
  let signs = 0;
  for (const line of lines) {
    const { levels, content } = startOf(line);
    if (levels > DEEPEST) return false;
    if (levels > 0 || content === line.length) signs = 0;
    signs += signsIn(line, content);
    if (signs > MOST_SIGNS) return false;
  }
  return true;
}

/** How many quotes and lists a line opens or goes on with, and where its own text begins. */
function startOf(line: string): { readonly levels: number; readonly content: number } {
  let [at, levels, spaces] = [0, 0, 0];
  for (; at < line.length; at++) {
    const sign = line[at]!;
    if (sign === ' ' || sign === '\r') spaces++;
    else if (sign === '\t') spaces += 4;
    else if (sign === '>' || ((sign === '-' || sign === '*' || sign === '+') && isBlank(line, at + 1))) levels++;
    else {
      const after = endOfNumber(line, at);
      if (after === at) break;
      levels++;
      at = after - 1;
    }
  }
  return { levels: levels + Math.floor(spaces / INDENT / 2), content: at };
}

const isBlank = (line: string, at: number): boolean => at >= line.length || /\s/.test(line[at]!);

/** Behind `1.` or `1)` with a space after it; `at` where there is none. Longer numbers begin no list. */
function endOfNumber(line: string, at: number): number {
  let end = at;
  while (end < at + 9 && end < line.length && line[end]! >= '0' && line[end]! <= '9') end++;
  return end > at && (line[end] === '.' || line[end] === ')') && isBlank(line, end + 1) ? end + 1 : at;
}

function signsIn(line: string, from: number): number {
  let count = 0;
  for (let at = from; at < line.length; at++) if ('*_~[]`<!\\'.includes(line[at]!)) count++;
  return count;
}
