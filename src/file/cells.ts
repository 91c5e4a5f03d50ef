/** Text of a table as rows of cells, as CSV files and spreadsheets' clipboards write it. */

/**
 * Parts rows by line ends and cells by `delimiter`. A cell in quotes may hold both, and doubled quotes for one (RFC
 * 4180). Quotes
 * that do not close right before the next delimiter are part of the text: a spreadsheet copies `"Sunset" red` as it is.
 */
export function cellsIn(text: string, delimiter: string): string[][] {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < source.length) {
    const quoted = source[at] === '"' ? quotedAt(source, at, delimiter) : undefined;
    const end = quoted?.end ?? endOfCell(source, at, delimiter);
    row.push(quoted?.cell ?? source.slice(at, end));
    at = end + 1;
    const isLast = source[end] === delimiter;
    // A delimiter that ends the text has an empty cell after it; a line end does not begin another row.
    if (isLast && at === source.length) row.push('');
    if (isLast && at < source.length) continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

function endOfCell(source: string, from: number, delimiter: string): number {
  let end = from;
  while (end < source.length && source[end] !== '\n' && source[end] !== delimiter) end++;
  return end;
}

/** The cell whose opening quote is at `start`, and where it ends; nothing if its quotes are part of the text. */
function quotedAt(
  source: string,
  start: number,
  delimiter: string,
): { readonly cell: string; readonly end: number } | undefined {
  let close = source.indexOf('"', start + 1);
  while (close >= 0 && source[close + 1] === '"') close = source.indexOf('"', close + 2);
  const after = source[close + 1];
  const isClosed = close >= 0 && (after === undefined || after === '\n' || after === delimiter);
  return isClosed ? { cell: source.slice(start + 1, close).replaceAll('""', '"'), end: close + 1 } : undefined;
}

/** A sign no text holds: each line is one cell. */
export const ONE_CELL = '\u001F';

/** What spreadsheets write before a table to say what parts its cells. */
export function saidDelimiter(text: string): { readonly delimiter: string | undefined; readonly rest: string } {
  const said = /^\uFEFF?sep=(.)[ \t]*(\r\n?|\n)/i.exec(text);
  return said ? { delimiter: said[1], rest: text.slice(said[0].length) } : { delimiter: undefined, rest: text };
}

/**
 * A text file's content by its bytes: UTF-8 or UTF-16 by their byte order mark, else UTF-8 where all of it is, else
 * Windows-1252,
 * in which spreadsheets on Windows write CSV.
 */
export function textOfBytes(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
