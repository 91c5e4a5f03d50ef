/** The job that is sent for one take. Pictures and clips are named here and travel beside it. */
import { withoutCorrections } from '../core/prompt-corrections.ts';
import { isVideoWork, type ModelRef, type RunMode, type TakeRequest } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import type { Fit } from './model-fit.ts';
import type { Attached, JobRequest } from './job-request.ts';
import { pictureSize } from './picture-size.ts';

export interface Ordered {
  readonly request: JobRequest;
  readonly pictures: ReadonlyMap<string, ImageValue | VideoValue>;
}

/** `model`: the provider's own name for it. */
export function jobRequestOf(
  request: TakeRequest,
  mode: RunMode,
  { provider }: ModelRef,
  model: string,
  fit: Fit,
): Ordered {
  const pictures = new Map<string, ImageValue | VideoValue>();
  const attached = (name: string, image: ImageValue | VideoValue): Attached => {
    pictures.set(name, image);
    return { picture: name, width: image.width, height: image.height };
  };
  const { sends } = fit;
  const { motion, still, lastFrame, continues, prompt, seed, guidance } = request;
  const { tailFrames } = sends;
  const negative = prompt.negative.trim();
  return {
    pictures,
    request: {
      provider,
      model,
      work: request.work,
      prompt: withoutCorrections(prompt.text),
      ...(sends.negative && negative ? { negative } : {}),
      ...(sends.seed ? { seed: seed.seed } : {}),
      ...(sends.guidance ? { guidance: guidance.scale } : {}),
      ...sizeOf(request, mode, fit),
      ratio: request.aspect.ratio,
      ...(isVideoWork(request.work) && motion
        ? {
            seconds: fit.seconds,
            fps: motion.fps,
            // A picture says nothing of how it moved, and neither do words: what goes on as it was is left to the model.
            ...(continues?.sameMove
              ? {}
              : { motion: { move: motion.move, amount: motion.amount, easing: motion.easing } }),
          }
        : {}),
      ...(continues && tailFrames
        ? { clip: { ...attached('clip', continues.clip), seconds: tailFrames / continues.clip.fps } }
        : still
          ? { still: attached('still', still) }
          : {}),
      ...(lastFrame ? { lastFrame: attached('last-frame', lastFrame) } : {}),
      ...(sends.sound ? { sound: true as const } : {}),
      references: request.references
        .slice(0, sends.references)
        .map(({ image, strength }, index) => ({ ...attached(`reference-${index}`, image), strength })),
      ...(fit.fields ? { fields: fit.fields } : {}),
      ...(fit.workflow ? { workflow: fit.workflow } : {}),
    },
  };
}

/** Clips have the size that was planned; pictures the shape of it, with as many pixels as are asked for. */
function sizeOf(request: TakeRequest, mode: RunMode, fit: Fit): { readonly width: number; readonly height: number } {
  if (isVideoWork(request.work)) return { width: fit.width, height: fit.height };
  return pictureSize(request.aspect, mode === 'draft' ? request.megapixels / 4 : request.megapixels);
}
