/** Pictures and clips that go along with an order: each that it names is there, and each is one. */
import { say } from '../../core/say.ts';
import { HEAD_BYTES, kindOf } from '../../file/kind.ts';
import type { PictureFile } from '../../providers/adapter.ts';
import { ServiceTrouble } from '../../providers/service-trouble.ts';
import type { JobRequest } from '../../routing/job-request.ts';

const CLIP_MIME = /^video\/[\w.+-]{1,50}$/;
const MIME = /^image\/[\w.+-]{1,50}$/;

/** Throws `ServiceTrouble` of the kind `invalid`: nothing is asked of a service that would charge for its refusal. */
export function checkAttached(
  { references, still, lastFrame, clip }: JobRequest,
  pictures: ReadonlyMap<string, PictureFile>,
): void {
  const named = [still, lastFrame, clip, ...references].flatMap((one) => one?.picture ?? []);
  if (!named.every((name) => pictures.has(name)))
    throw new ServiceTrouble('invalid', say('A picture that is asked for by name did not come along.'));
  for (const [name, { bytes, mime }] of pictures) {
    const kind = kindOf(bytes.subarray(0, HEAD_BYTES), '');
    if (name === clip?.picture) {
      if (!CLIP_MIME.test(mime) || kind !== 'clip')
        throw new ServiceTrouble('invalid', say('What came along as a clip is none.'));
    } else if (!MIME.test(mime) || kind !== 'picture')
      throw new ServiceTrouble('invalid', say('What came along as a picture is none.'));
  }
}
