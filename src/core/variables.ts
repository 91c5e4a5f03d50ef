/**
 * The `{{names}}` in a prompt. Read sign by sign: a pattern for them would try every way to share out the spaces
 * between braces.
 */

interface Piece {
  /** The text before the name, as it stands. */
  readonly before: string;
  /** Letters, digits, `_`, `-` and spaces; `undefined` for the rest of the text. */
  readonly name?: string;
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let kept = 0;
  for (let open = text.indexOf('{{'); open >= 0;) {
    const found = nameAt(text, open + 2);
    if (found) {
      pieces.push({ before: text.slice(kept, open), name: found.name });
      kept = found.end;
    }
    open = text.indexOf('{{', found?.end ?? open + 1);
  }
  return [...pieces, { before: text.slice(kept) }];
}

const isSpace = (sign: string): boolean => /^\s$/.test(sign);
const isInName = (sign: string): boolean => /^[\w -]$/.test(sign);

/**
 * The name from here to the next `}}`, spaces around it taken away. What is passed over holds no brace, so no sign is
 * looked at often.
 */
function nameAt(text: string, from: number): { readonly end: number; readonly name: string } | undefined {
  let at = from;
  while (at < text.length && isSpace(text[at]!)) at++;
  const begin = at;
  while (at < text.length && isInName(text[at]!)) at++;
  let last = at;
  while (last > begin && text[last - 1] === ' ') last--;
  while (at < text.length && isSpace(text[at]!)) at++;
  if (!text.startsWith('}}', at)) return undefined;
  if (last > begin) return { end: at + 2, name: text.slice(begin, last) };
  // A name of nothing but spaces is one too: somebody has yet to write it.
  return text.slice(from, at).includes(' ') ? { end: at + 2, name: ' ' } : undefined;
}

/** Each name once, in the order of the text. */
export const variablesIn = (text: unknown): string[] => [
  ...new Set(piecesOf(typeof text === 'string' ? text : '').flatMap(({ name }) => name ?? [])),
];

/** The text with each name replaced by what it stands for. */
export const filledIn = (text: string, valueOf: (name: string) => string): string =>
  piecesOf(text)
    .map(({ before, name }) => (name === undefined ? before : before + valueOf(name)))
    .join('');
