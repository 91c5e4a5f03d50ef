/** Reads what a service answers: so much and no more, counted as it comes out of its compression. */
import type { Response } from 'undici';
import { say } from '../../core/say.ts';
import { ServiceTrouble } from '../../providers/service-trouble.ts';

/** An answer that is read whole may hold some pictures as text. */
const LARGEST_ANSWER = 64 * 2 ** 20;
/** A refusal is a sentence or a page; nothing beyond this is looked at. */
const LARGEST_REFUSAL = 256 * 2 ** 10;
/** What remains of a JSON answer without its pictures. Taking apart this much stops the server for half a second at worst. */
const MOST_STRUCTURE = 4 * 2 ** 20;
/** A server on this computer lists everything that is installed there. */
const MOST_STRUCTURE_HERE = 32 * 2 ** 20;
/** A string from this length on is a picture: reading it costs next to nothing. */
const LONG_STRING = 64 * 2 ** 10;

/** Throws `unreadable` where it is too large; what is refused is cut instead, for its status says enough. */
export async function readWhole({ status, body }: Response): Promise<Uint8Array<ArrayBuffer>> {
  const isRefusal = status >= 400;
  const most = isRefusal ? LARGEST_REFUSAL : LARGEST_ANSWER;
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop ends the connection: nothing more is taken in.
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.byteLength;
    if (length > most && !isRefusal)
      throw tooLarge(say('The answer is larger than {0} MB and was not read.', most / 2 ** 20));
    parts.push(part);
    if (length > most) break;
  }
  const whole = new Uint8Array(Math.min(length, most));
  let at = 0;
  for (const part of parts) {
    whole.set(part.subarray(0, whole.length - at), at);
    at += part.byteLength;
  }
  return whole;
}

/** Throws `unreadable` where taking this JSON apart would stop the server for long. */
export function checkStructure(bytes: Uint8Array, isOnThisComputer: boolean): void {
  const most = isOnThisComputer ? MOST_STRUCTURE_HERE : MOST_STRUCTURE;
  if (bytes.length > most && isStructureBeyond(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), most))
    throw tooLarge(say('The answer has more parts than any answer needs, and was not read.'));
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
function isStructureBeyond(json: Buffer, most: number): boolean {
  let structure = 0;
  for (let at = 0; at < json.length && structure <= most;) {
    const begin = json.indexOf(QUOTE, at);
    if (begin < 0) return structure + json.length - at > most;
    let end = json.indexOf(QUOTE, begin + 1);
    for (; end >= 0 && isEscaped(json, end); end = json.indexOf(QUOTE, end + 1)) if (++structure > most) return true;
    const after = end < 0 ? json.length : end + 1;
    structure += begin - at + (after - begin < LONG_STRING ? after - begin : 0);
    at = after;
  }
  return structure > most;
}
function isEscaped(json: Buffer, at: number): boolean {
  let backslashes = 0;
  while (json[at - 1 - backslashes] === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}

const tooLarge = (what: ReturnType<typeof say>) => new ServiceTrouble('unreadable', what);
