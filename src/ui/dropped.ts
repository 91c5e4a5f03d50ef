/** What a drop or a paste holds: files, those in folders too, or a text. */

/** Files looked for in folders; whoever takes them says what is too much. */
const MOST_FOUND = 2000;

/**
 * All files, folders unfolded, in the order of their names there. Call it at once: the browser forgets what was
 * dropped.
 */
export async function filesOf(data: DataTransfer): Promise<readonly File[]> {
  const entries = [...data.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry?.() : null));
  const plain = [...data.files];
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found: File[] = [];
  for (const entry of entries) if (entry) await unfold(entry, found);
  return found;
}

async function unfold(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= MOST_FOUND) return;
  if (entry.isFile) {
    // What systems put into folders for themselves.
    const isHidden = entry.name.startsWith('.') || entry.name === 'Thumbs.db';
    if (!isHidden)
      found.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
    return;
  }
  for (const inner of await entriesOf(entry as FileSystemDirectoryEntry)) await unfold(inner, found);
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  // A reader gives some at a time, and none at the end.
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    all.push(...some);
  }
  return all.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** A dropped link or selection of text. */
export const textOf = (data: DataTransfer): string => data.getData('text/uri-list') || data.getData('text/plain');
