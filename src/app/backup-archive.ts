/** The ZIP file of a backup, written and read piece by piece: neither is ever in memory whole. */
import {
  BlobReader,
  configure,
  TextReader,
  TextWriter,
  ZipReader,
  ZipWriter,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { fail, ok, type Result } from '../core/errors.ts';
import { say } from '../core/say.ts';
import { BACKUP_MANIFEST, entryCalled, NO_BACKUP, type BackupEntry } from '../file/backup-format.ts';

// Its own threads come from addresses that the app's rules for content do not allow.
configure({ useWebWorkers: false });

/** Bytes that are held before they are handed to the browser. */
const HELD = 4 * 2 ** 20;
/** Files and graphs of one backup. */
const MOST_ENTRIES = 500_000;
/** Bytes of what one entry unpacks to: lines of rows, and a picture or a clip. */
const LONGEST_LINES = 512 * 2 ** 20;
const LARGEST_FILE = 8 * 2 ** 30;
/** The manifest says a few things only. */
const LONGEST_MANIFEST = 64 * 1024;
/** Bytes that one byte unpacks to: rows repeat much, but not that much. */
const MOST_REPEATED = 1000;

/** What every ZIP file begins with that holds anything. */
const ZIP_BEGINS = 'PK\x03\x04';
const DAMAGED = {
  message: say('This backup is damaged, or was not saved to its end, so it was not opened.'),
  hint: say('Copy or download the file again, or take an older backup.'),
};

/** Bytes as a blob of small blobs, which the browser keeps outside of the page's memory. More than `most` is refused. */
function growingBlob(
  type: string,
  most = Infinity,
): { readonly sink: WritableStream<Uint8Array<ArrayBuffer>>; done(): Blob } {
  const parts: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let [size, all] = [0, 0];
  const handOver = () => {
    parts.push(new Blob(held));
    held = [];
    size = 0;
  };
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(bytes) {
      // What is handed in may be used again by whoever wrote it.
      held.push(bytes.slice());
      size += bytes.length;
      all += bytes.length;
      if (all > most) throw new RangeError('It is more than it says.');
      if (size > HELD) handOver();
    },
  });
  return {
    sink,
    done() {
      handOver();
      return new Blob(parts, { type });
    },
  };
}

/** One entry to be written. Lines are compressed; pictures and clips are so already. */
export interface EntryToWrite {
  readonly name: string;
  readonly content: Blob | string;
}

/** `onWritten`: bytes of what was written, as they were before. Throws when it is cancelled. */
export async function writeArchive(
  entries: AsyncIterable<EntryToWrite>,
  onWritten: (bytes: number) => void,
  cancelled: AbortSignal,
): Promise<Blob> {
  const { sink, done } = growingBlob('application/zip');
  const zip = new ZipWriter(sink, { keepOrder: true, bufferedWrite: false, extendedTimestamp: false });
  for await (const { name, content } of entries) {
    const isText = typeof content === 'string';
    const isPacked = isText || name.endsWith('.ndjson');
    await zip.add(name, isText ? new TextReader(content) : new BlobReader(content), {
      level: isPacked ? 6 : 0,
      signal: cancelled,
    });
    onWritten(isText ? content.length : content.size);
  }
  await zip.close();
  return done();
}

/** What is in a backup, to be read one after the other. */
export interface Archive {
  readonly manifest: string;
  readonly entries: readonly BackupPiece[];
  /** Entries that no backup has: they were left alone. */
  readonly strangers: number;
}
export interface BackupPiece {
  readonly is: BackupEntry;
  readonly name: string;
  /** Unpacked, as the file says. */
  readonly bytes: number;
  /** The first line only. Throws where it cannot be read. */
  firstLine(): Promise<string>;
  /** All of it, with its check sum. Throws where it is damaged, or is more than it says. */
  blob(type: string, cancelled: AbortSignal): Promise<Blob>;
}

/** Opens a file without unpacking anything but what it says of itself. */
export async function openArchive(file: Blob): Promise<Result<Archive>> {
  const isZip = (await file.slice(0, ZIP_BEGINS.length).text()) === ZIP_BEGINS;
  if (!isZip) return fail('bad-input', NO_BACKUP.message, NO_BACKUP.hint);
  const zip = new ZipReader(new BlobReader(file), { strictness: 'strict', checkOverlappingEntry: true });
  const entries: BackupPiece[] = [];
  let manifest: FileEntry | undefined;
  let strangers = 0;
  let count = 0;
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (++count > MOST_ENTRIES)
        return fail('bad-input', 'This file holds more than any backup, so it was not opened.', DAMAGED.hint);
      if (entry.directory) continue;
      const is = entryCalled(entry.filename);
      if (entry.filename === BACKUP_MANIFEST) manifest = entry;
      else if (is) entries.push(entryOver(entry, is));
      else strangers++;
    }
    if (!manifest) return fail('bad-input', NO_BACKUP.message, NO_BACKUP.hint);
    if (manifest.uncompressedSize > LONGEST_MANIFEST) return fail('bad-input', DAMAGED.message, DAMAGED.hint);
    return ok({ manifest: await manifest.getData(new TextWriter(), CHECKED), entries, strangers });
  } catch {
    return fail('bad-input', DAMAGED.message, DAMAGED.hint);
  }
}
const CHECKED = { checkSignature: true } as const;

function entryOver(entry: FileEntry, is: BackupEntry): BackupPiece {
  const { filename: name, uncompressedSize: bytes, compressedSize } = entry;
  const most = is.of === 'file' ? LARGEST_FILE : LONGEST_LINES;
  const refuse = (): void => {
    if (bytes > most || (bytes > HELD && bytes > compressedSize * MOST_REPEATED) || entry.encrypted)
      throw new RangeError(`${name} unpacks to more than it may`);
  };
  return {
    is,
    name,
    bytes,
    async firstLine() {
      refuse();
      const [line, stop] = [new FirstLine(), new AbortController()];
      const sink = new WritableStream<Uint8Array>({
        write(part) {
          if (line.add(part)) stop.abort();
        },
      });
      await entry.getData(sink, { signal: stop.signal }).catch((thrown: unknown) => {
        if (!line.isWhole) throw thrown;
      });
      return line.text;
    },
    async blob(type, cancelled) {
      refuse();
      const { sink, done } = growingBlob(type, bytes);
      await entry.getData(sink, { ...CHECKED, signal: cancelled });
      return done();
    },
  };
}

/** Bytes up to the first end of a line. */
class FirstLine {
  text = '';
  isWhole = false;
  private readonly decoder = new TextDecoder();

  /** True when it is whole. */
  add(part: Uint8Array): boolean {
    if (this.isWhole) return true;
    const end = part.indexOf(10);
    this.text += this.decoder.decode(end < 0 ? part : part.subarray(0, end), { stream: true });
    this.isWhole = end >= 0 || this.text.length > LONGEST_MANIFEST;
    return this.isWhole;
  }
}

/** The lines of a text in a blob, one at a time; one that is longer than `most` characters is empty. */
export async function* linesOf(blob: Blob, most: number): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let [line, isTooLong] = ['', false];
  const reader = blob.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const pieces = decoder.decode(part.value, { stream: true }).split('\n');
    for (const [at, piece] of pieces.entries()) {
      if (at > 0) {
        yield isTooLong ? '' : line;
        [line, isTooLong] = ['', false];
      }
      isTooLong ||= line.length + piece.length > most;
      line = isTooLong ? '' : line + piece;
    }
  }
  if (line !== '') yield line;
}
