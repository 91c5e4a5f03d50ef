/** Which part of a file is asked for, where `send` takes the words of a `Range` header otherwise than RFC 9110 has them. */

/**
 * The header as `send` is to read it: a suffix that is longer than the file is all of it, and what is no range is as if
 * it were not there (14.1.2, 14.2). What lies beyond the file is left for it to refuse; of several ranges that are not
 * one, it gives all of the file.
 * @param {string} header @param {number} size of the file
 * @returns {string | undefined}
 */
export function rangeAsMeant(header, size) {
  const list = /^ *bytes=(.+)$/i.exec(header)?.[1];
  const parts = list?.split(',').map((part) => partAsMeant(part.trim(), size));
  return parts?.every((part) => part !== undefined) ? `bytes=${parts.join(',')}` : undefined;
}

/** @param {string} part @param {number} size */
function partAsMeant(part, size) {
  const [, first = '', last = ''] = /^(\d*)-(\d*)$/.exec(part) ?? [];
  if (first === '' && last === '') return undefined;
  if (first !== '') return last === '' || Number(first) <= Number(last) ? part : undefined;
  if (Number(last) <= size) return part;
  return size > 0 ? '0-' : undefined;
}
