/** Fields and pictures as a form, for services that take pictures as files. */
import type { Loose } from '../core/loose.ts';
import type { PictureFile, Submitting } from './adapter.ts';

/** Names of pictures of a request, each with the field it goes into. */
export type FormPictures = readonly (readonly [field: string, picture: string])[];

export async function pictureForm(fields: Loose, pictures: FormPictures, access: Submitting): Promise<FormData> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, String(value));
  const files = await Promise.all(pictures.map(([, picture]) => access.picture(picture)));
  files.forEach((file, at) =>
    form.append(pictures[at]![0], pictureBlob(file), pictureFileName(`picture-${at + 1}`, file)),
  );
  return form;
}

export const pictureBlob = ({ bytes, mime }: PictureFile): Blob => new Blob([bytes], { type: mime });
export const pictureFileName = (name: string, { mime }: PictureFile): string => `${name}.${mime.replace(/^\w+\//, '')}`;
