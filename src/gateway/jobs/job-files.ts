/** The bytes of jobs on disk: pictures that go along, what is not finished, and what came, as it came. */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureFile } from '../../providers/adapter.ts';
import { writeWhole } from './write-whole.ts';

/** Names of jobs and of their pictures are names of files: letters, digits, `-` and `_`. */
export const isJobName = (text: string): boolean => /^[\w-]{1,64}$/.test(text);

export interface JobFiles {
  /** Where what came lies, once it is there whole. */
  output(id: string): string;
  keepPictures(id: string, pictures: ReadonlyMap<string, PictureFile>): Promise<void>;
  picture(id: string, name: string): Promise<PictureFile>;
  /** Whether it does. */
  hasOutput(id: string): Promise<boolean>;
  keepOutput(id: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<string>;
  keepPreview(id: string, picture: PictureFile): Promise<void>;
  preview(id: string): Promise<PictureFile | undefined>;
  /** Removes what is only needed until a job has ended: all but what it made, where it made something. */
  tidy(id: string, hasMade: boolean): Promise<void>;
}

export function jobFiles(home: string): JobFiles {
  const folderOf = (id: string) => join(home, 'jobs', id);
  async function folderFor(id: string): Promise<string> {
    const folder = folderOf(id);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }
  async function read(file: string): Promise<PictureFile> {
    const [bytes, mime] = await Promise.all([readFile(file), readFile(`${file}.type`, 'utf8')]);
    return { bytes: new Uint8Array(bytes), mime };
  }
  async function keep(file: string, { bytes, mime }: PictureFile): Promise<void> {
    await writeFile(`${file}.type`, mime, { mode: 0o600 });
    await writeWhole(file, bytes);
  }

  return {
    output: (id) => join(folderOf(id), 'output'),
    async keepPictures(id, pictures) {
      const folder = await folderFor(id);
      for (const [name, picture] of pictures) await keep(join(folder, `in-${name}`), picture);
    },
    picture: (id, name) => read(join(folderOf(id), `in-${name}`)),
    hasOutput: (id) =>
      stat(join(folderOf(id), 'output')).then(
        (found) => found.isFile() && found.size > 0,
        () => false,
      ),
    async keepOutput(id, bytes) {
      const file = join(await folderFor(id), 'output');
      await writeWhole(file, bytes);
      return file;
    },
    async keepPreview(id, picture) {
      await keep(join(await folderFor(id), 'preview'), picture);
    },
    preview: (id) => read(join(folderOf(id), 'preview')).catch(() => undefined),
    async tidy(id, hasMade) {
      const folder = folderOf(id);
      if (!hasMade) return rm(folder, { recursive: true, force: true });
      const left = (await readdir(folder).catch(() => [])).filter((name) => name !== 'output');
      await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
    },
  };
}
