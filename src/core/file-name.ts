/**
 * File names from what people call things: every script with its marks survives, what a file system refuses does not.
 */

/** Most systems stop at 255 bytes; a copy wants room for " (1)". */
const MOST_BYTES = 200;
/** Devices of Windows, with or without an ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Kinds of files whose ending is not the second half of their MIME type. */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
};
/** The usual ending of a picture or clip of this MIME type, without its dot. */
export const endingOf = (mime: string): string => ENDINGS[mime] ?? mime.slice(mime.indexOf('/') + 1);

/** `stem` with its `ending` (".png"). Never empty: a stem that nothing is left of becomes `otherwise`. */
export function fileName(stem: string, ending: string, otherwise = 'triptych'): string {
  const allowed = stem
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .replace(/[<>:"/\\|?*]/g, '-');
  const cut = withinBytes(allowed.replace(/^[\s.]+/, ''), MOST_BYTES - ending.length).replace(/[\s.]+$/, '');
  const isNothing = cut.replace(/-/g, '') === '';
  const name = isNothing ? otherwise : cut;
  return `${RESERVED.test(name) ? '_' : ''}${name}${ending}`;
}

/** The longest beginning of whole characters that fits. */
function withinBytes(text: string, most: number): string {
  const encoder = new TextEncoder();
  if (encoder.encode(text).length <= most) return text;
  let [kept, bytes] = ['', 0];
  for (const character of text) {
    bytes += encoder.encode(character).length;
    if (bytes > most) break;
    kept += character;
  }
  return kept;
}
