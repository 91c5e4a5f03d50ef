/** What ComfyUI keeps: pictures it was given, and files it saved. */
import { createHash } from 'node:crypto';
import { png } from '../../src/headless/png.js';
import type { Answered, Asked } from './double.ts';

export const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest();

/** A picture of one colour, which is that of its recipe. */
export function pictureOf(recipe: unknown): Uint8Array {
  const [red, green, blue] = hashOf(recipe);
  const pixels = [0, 1, 2, 3].flatMap(() => [red!, green!, blue!, 255]);
  return png({ width: 2, height: 2, data: new Uint8ClampedArray(pixels) });
}

export function fileStore() {
  const uploads = new Map<string, Buffer>();
  const files = new Map<string, Uint8Array>();
  let saved = 0;

  /** `temp` is for previews of the editor. Clips are pictures in here: nobody looks at them. */
  function save(prefix: string, type: 'output' | 'temp', isClip: boolean, recipe: unknown) {
    const [folder, name] = prefix.includes('/') ? (prefix.split('/', 2) as [string, string]) : ['', prefix];
    const filename = `${name}_${String(++saved).padStart(5, '0')}_.${isClip ? 'mp4' : 'png'}`;
    files.set(`${type}/${folder}/${filename}`, pictureOf(recipe));
    return { filename, subfolder: folder, type };
  }

  async function upload({ body, headers }: Asked): Promise<Answered> {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': headers['content-type']! },
    }).formData();
    const file = form.get('image');
    if (!(file instanceof File)) return { status: 400, body: '' };
    const given = form.get('subfolder');
    const folder = typeof given === 'string' ? given : '';
    const bytes = Buffer.from(await file.arrayBuffer());
    const [stem, ending] = file.name.split(/(?=\.\w+$)/) as [string, string];
    const pathOf = (name: string) => (folder ? `${folder}/${name}` : name);
    let name = file.name;
    for (let more = 1; uploads.has(pathOf(name)) && !uploads.get(pathOf(name))!.equals(bytes); more++)
      name = `${stem} (${more})${ending}`;
    uploads.set(pathOf(name), bytes);
    return { body: { name, subfolder: folder, type: 'input' } };
  }
  function view({ query }: Asked): Answered {
    const [type, folder, name] = ['type', 'subfolder', 'filename'].map((each) => query.get(each) ?? '');
    const bytes = files.get(`${type}/${folder}/${name}`);
    return bytes ? { body: bytes } : { status: 404, body: '' };
  }

  return { uploads, files, save, upload, view };
}
