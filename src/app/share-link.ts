/** A link that carries a graph: the graph file, deflated, in the part of the address that never leaves the browser. */
import { fail, ok, type Result } from '../core/errors.ts';

/** Longer addresses are cut by some programs on the way. */
const LONGEST_LINK = 60_000;
/** A link may unfold to this much; a hostile one is stopped there, not after it filled the memory. */
const LARGEST_GRAPH = 4 * 1024 * 1024;

export async function linkFor(text: string): Promise<Result<string>> {
  const packed = await new Response(
    new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw')),
  ).arrayBuffer();
  const code = btoa(Array.from(new Uint8Array(packed), (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  if (code.length > LONGEST_LINK)
    return fail(
      'bad-input',
      'This graph is too large for a link.',
      'Export it as a file instead; pictures it uses travel inside that file.',
    );
  return ok(`${location.origin}${location.pathname}#/s/${code}`);
}

/** The graph file's text in a link. Never more than `LARGEST_GRAPH`, whatever the link claims. */
export async function textIn(code: string): Promise<Result<string>> {
  const cut = fail(
    'bad-input',
    'This link is damaged or was cut on its way.',
    'Ask for it again, or for the graph as a file.',
  );
  if (code.length > LONGEST_LINK || !/^[\w-]+$/.test(code)) return cut;
  try {
    const packed = Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.length;
      if (size > LARGEST_GRAPH) {
        await reader.cancel();
        return fail(
          'bad-input',
          'This link unfolds to more than a graph can be, so it was not opened.',
          'Do not trust where it came from.',
        );
      }
      parts.push(read.value);
    }
    return ok(await new Blob(parts).text());
  } catch {
    return cut;
  }
}
