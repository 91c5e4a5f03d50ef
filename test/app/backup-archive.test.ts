/** The file of a backup, as it may come from anywhere: cut off, changed, or made to do harm. */
import { BlobReader, BlobWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { expect, test } from 'vitest';
import { linesOf, openArchive, writeArchive, type EntryToWrite } from '../../src/app/backup-archive.ts';
import { entryCalled, readManifest, writeManifest, type BackupManifest } from '../../src/file/backup-format.ts';

const NEVER = new AbortController().signal;
const MANIFEST: BackupManifest = {
  formatVersion: 1,
  graphFormat: 5,
  app: 'test',
  savedAt: '2026-11-28T12:00:00.000Z',
  isWhole: true,
  counts: { graphs: 1, takes: 2, files: 3 },
};
const HASH = 'a'.repeat(64);
const LINES = '{"a":1}\n{"a":2}\n';
async function* entries(): AsyncGenerator<EntryToWrite> {
  yield { name: 'triptych-backup.json', content: writeManifest(MANIFEST) };
  yield { name: 'tables/takes.ndjson', content: new Blob([LINES]) };
  yield { name: `files/${HASH}.png`, content: new Blob(['the bytes of a picture']) };
}
const written = () => writeArchive(entries(), () => {}, NEVER);
const opened = async (file: Blob) => {
  const archive = await openArchive(file);
  if (!archive.ok) throw new Error('not opened');
  return archive.value;
};
const failureOf = async (file: Blob) => {
  const archive = await openArchive(file);
  return archive.ok ? 'opened' : archive.error.message;
};
const DAMAGED = { english: 'This backup is damaged, or was not saved to its end, so it was not opened.', values: [] };

/** Any ZIP file, as another program writes it. */
async function zipOf(files: readonly (readonly [name: string, text: string])[]): Promise<Blob> {
  const zip = new ZipWriter(new BlobWriter('application/zip'), { useWebWorkers: false });
  for (const [name, text] of files) await zip.add(name, new BlobReader(new Blob([text])));
  return zip.close() as Promise<Blob>;
}
/** The file with one text in place of another. */
async function withChanged(file: Blob, from: string, to: string): Promise<Blob> {
  const text = Buffer.from(await file.arrayBuffer()).toString('latin1');
  expect(text).toContain(from);
  return new Blob([Buffer.from(text.replaceAll(from, to), 'latin1')]);
}

test('what was written is read back, each entry for itself', async () => {
  const { manifest, entries: found, strangers } = await opened(await written());
  expect(readManifest(manifest, 5)).toEqual({ ok: true, value: MANIFEST });
  expect(found.map(({ is }) => is)).toEqual([
    { of: 'table', table: 'takes' },
    { of: 'file', hash: HASH },
  ]);
  expect(strangers).toBe(0);
  expect(await found[0]!.firstLine()).toBe('{"a":1}');
  expect(await (await found[0]!.blob('', NEVER)).text()).toBe(LINES);
});

test.each([1, 0.9, 0.5, 0.1])('a file that ends after %d of it is refused in words', async (share) => {
  const file = await written();
  expect(await failureOf(file.slice(0, Math.floor(file.size * share) - 1))).toEqual(DAMAGED);
});

test('an entry whose bytes are other ones than were written is not given out; the others are', async () => {
  const { entries: found } = await opened(
    await withChanged(await written(), 'bytes of a picture', 'bytes of a pictuRe'),
  );
  await expect(found[1]!.blob('', NEVER)).rejects.toThrow();
  expect(await (await found[0]!.blob('', NEVER)).text()).toBe(LINES);
});

test('any other ZIP file, and what is none, is no backup', async () => {
  const none = { english: 'This file is not a backup of Triptych.', values: [] };
  expect(await failureOf(await zipOf([['notes.txt', 'hello']]))).toEqual(none);
  expect(await failureOf(new Blob(['hello']))).toEqual(none);
  expect(await failureOf(new Blob([]))).toEqual(none);
});

test('names that lead elsewhere, twice the same name, and bytes after the end are refused', async () => {
  const manifest = ['triptych-backup.json', writeManifest(MANIFEST)] as const;
  const twice = await zipOf([manifest, ['tables/takes.ndjson', '{}'], ['tables/taken.ndjson', '{}']]);
  expect(await failureOf(await withChanged(twice, 'taken', 'takes'))).toEqual(DAMAGED);
  const outside = await zipOf([manifest, ['aa/bb/takes.ndjson', '{}']]);
  expect(await failureOf(await withChanged(outside, 'aa/bb', '../..'))).toEqual(DAMAGED);
  expect(await failureOf(new Blob([await written(), 'more']))).toEqual(DAMAGED);
});

test('entries that no backup has are counted and left alone', async () => {
  const file = await zipOf([
    ['triptych-backup.json', writeManifest(MANIFEST)],
    ['readme.txt', 'hello'],
    ['tables/blobs.ndjson', '{}'],
  ]);
  expect(await opened(file)).toMatchObject({ entries: [], strangers: 2 });
});

test('an entry that unpacks to far more than it takes is not unpacked', async () => {
  const file = await zipOf([
    ['triptych-backup.json', writeManifest(MANIFEST)],
    ['tables/takes.ndjson', ' '.repeat(16 * 2 ** 20)],
  ]);
  expect(file.size).toBeLessThan(2 ** 17);
  const { entries: found } = await opened(file);
  await expect(found[0]!.blob('', NEVER)).rejects.toThrow(RangeError);
  await expect(found[0]!.firstLine()).rejects.toThrow(RangeError);
});

test('a newer backup, one with newer graphs, and a damaged manifest are refused in words', () => {
  const read = (change: object) =>
    readManifest(JSON.stringify({ format: 'triptych-backup', ...MANIFEST, ...change }), 5);
  expect(read({})).toMatchObject({ ok: true });
  const newer = 'This backup was made by a newer Triptych (format {0}; this one reads up to {1}).';
  expect(read({ formatVersion: 2 })).toMatchObject({ ok: false, error: { message: { english: newer } } });
  expect(read({ graphFormat: 6 })).toMatchObject({ ok: false, error: { message: { english: newer } } });
  expect(read({ formatVersion: '1' })).toMatchObject({ ok: false });
  expect(read({ counts: { takes: 1e300 }, savedAt: 'soon' })).toMatchObject({
    ok: true,
    value: { savedAt: '', counts: { graphs: 0, takes: 0, files: 0 } },
  });
  expect(readManifest('[', 5).ok).toBe(false);
});

test('names of entries are taken literally', () => {
  expect(entryCalled('graphs/g1.ndjson')).toEqual({ of: 'graph', id: 'g1' });
  expect(entryCalled(`files/${HASH}`)).toEqual({ of: 'file', hash: HASH });
  for (const name of ['graphs/../x.ndjson', 'files/abc.png', '/graphs/g1.ndjson', 'tables/__proto__.ndjson', 'graphs/'])
    expect(entryCalled(name)).toBeUndefined();
});

test('lines are cut where they end, whatever pieces they come in, and one that is too long is empty', async () => {
  const lines = async (text: string) => {
    const found: string[] = [];
    for await (const line of linesOf(new Blob([text]), 5)) found.push(line);
    return found;
  };
  expect(await lines('ä\nbc\n')).toEqual(['ä', 'bc']);
  expect(await lines('a\n123456\nb')).toEqual(['a', '', 'b']);
});
