/** A text as a cell of a CSV file: quoted, and never one that a spreadsheet would run. */
export const csvCell = (text: string): string =>
  `"${(/^\s*[=+\-@]|^[\t\r\n]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
