/** Writes files into a folder, each under a name of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';

/**
 * Returns where it wrote. What is called the same is numbered; some disks do not tell capitals apart. The folder is made
 * when there is something to write.
 */
export function folderWriter(folder: string): (name: string, bytes: Uint8Array) => string {
  const taken = new Set<string>();

  function freeName(name: string): string {
    const { name: base, ext } = parse(name);
    for (let nth = 1; ; nth++) {
      const free = nth === 1 ? name : `${base} ${nth}${ext}`;
      const plain = free.normalize('NFC').toLowerCase();
      if (taken.has(plain)) continue;
      taken.add(plain);
      return free;
    }
  }

  return (name, bytes) => {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, freeName(name));
    writeFileSync(path, bytes);
    return path;
  };
}
