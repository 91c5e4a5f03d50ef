/** What a file is, by its content: names lie, and many files have none. */
import { BACKUP_MANIFEST } from './backup-format.ts';
import { textOfBytes } from './cells.ts';

/** `json` may be a graph, a ComfyUI workflow or a routing table; `text` is none of the kinds that can be read. */
export type FileKind = 'picture' | 'clip' | 'lut' | 'table' | 'json' | 'backup' | 'text' | 'empty' | 'unknown';

/** How much of a file `kindOf` looks at, in bytes. */
export const HEAD_BYTES = 4096;

const PICTURES =
  /^(?:\x89PNG|\xFF\xD8\xFF|GIF8|BM|RIFF....WEBP|II\*\0|MM\0\*|....ftyp(?:avif|avis|hei[cfmsx]|hev[cmsx]|mif1|msf1))/s;
const CLIPS = /^(?:....ftyp|RIFF....AVI )/s;
/** The first bytes of WebM and Matroska. */
const EBML = '\x1A\x45\xDF\xA3';

/** `head`: the first bytes of the file, at most `HEAD_BYTES`. */
export function kindOf(head: Uint8Array, name: string): FileKind {
  if (head.length === 0) return 'empty';
  const signature = String.fromCharCode(...head.subarray(0, 16));
  if (PICTURES.test(signature)) return 'picture';
  if (isBackup(head)) return 'backup';
  if (CLIPS.test(signature) || signature.startsWith(EBML)) return 'clip';
  const text = textOfBytes(head).replace(/^\uFEFF/, '');
  if (text.includes('\0')) return 'unknown';
  if (/^\s*[{[]/.test(text) || /\.json$/i.test(name)) return 'json';
  if (/^\s*<svg|^\s*<\?xml[^>]*>\s*(?:<!--.*?-->\s*)?<svg/s.test(text)) return 'picture';
  if (/^[ \t]*LUT_[13]D_(?:SIZE|INPUT_RANGE)\b/im.test(text) || /\.cube$/i.test(name)) return 'lut';
  return /\.(?:csv|tsv|txt)$/i.test(name) ? 'table' : 'text';
}

/** A ZIP file whose first entry is called as that of a backup. */
function isBackup(head: Uint8Array): boolean {
  const start = String.fromCharCode(...head.subarray(0, 30 + BACKUP_MANIFEST.length));
  return start.startsWith('PK\x03\x04') && start.slice(30) === BACKUP_MANIFEST;
}
