/** The workflow that ComfyUI writes into the pictures it makes. */
import { textOfBytes } from './cells.ts';
import { pngChunks, riffChunks } from './chunks.ts';
import { carrierOf } from './inside.ts';

/** As the editor draws it, else as it was sent to be run. */
const KEYWORDS = ['workflow', 'prompt'] as const;

/** JSON text of a workflow in a PNG or WebP file; nothing where there is none. */
export function workflowIn(bytes: Uint8Array): string | undefined {
  const carrier = carrierOf(bytes);
  const texts = carrier === 'png' ? textsInPng(bytes) : carrier === 'webp' ? textsInExif(bytes) : undefined;
  const found = KEYWORDS.map((keyword) => texts?.get(keyword)).find((text) => text !== undefined);
  return found?.trimStart().startsWith('{') ? found : undefined;
}

/** Texts by keyword, from `tEXt` and uncompressed `iTXt` chunks. */
function textsInPng(bytes: Uint8Array): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { name, body } of pngChunks(bytes)) {
    if (name !== 'tEXt' && name !== 'iTXt') continue;
    const end = body.indexOf(0);
    if (end < 0) continue;
    const keyword = textOfBytes(body.subarray(0, end));
    const start = name === 'tEXt' ? end + 1 : startOfInternational(body, end);
    if (start !== undefined && !texts.has(keyword)) texts.set(keyword, textOfBytes(body.subarray(start)));
  }
  return texts;
}
/** After the keyword: whether compressed and how, a language and a translated keyword, each ended by 0. */
function startOfInternational(body: Uint8Array, keywordEnd: number): number | undefined {
  const isCompressed = body[keywordEnd + 1] === 1;
  const language = body.indexOf(0, keywordEnd + 3);
  const translated = language < 0 ? -1 : body.indexOf(0, language + 1);
  return isCompressed || translated < 0 ? undefined : translated + 1;
}

/** ComfyUI writes `workflow:{…}` and `prompt:{…}` as texts of the camera's make and model, each ended by 0. */
function textsInExif(bytes: Uint8Array): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { name, body } of riffChunks(bytes)) {
    if (name !== 'EXIF') continue;
    for (const part of textOfBytes(body).split('\0')) {
      const keyword = KEYWORDS.find((one) => part.startsWith(`${one}:`));
      if (keyword) texts.set(keyword, part.slice(keyword.length + 1));
    }
  }
  return texts;
}
