/** What every node that asks for a clip has in common: sockets, params, the request and its answer. */
import {
  p,
  s,
  type AspectValue,
  type ImageValue,
  type KnownInputs,
  type RunContext,
  type TakeRequest,
  type VideoValue,
} from '../../src/core/node-api.ts';
import { DEFAULT_GUIDANCE, DEFAULT_MOTION, DEFAULT_SEED, NO_PROMPT, withShortSide } from './_defaults.ts';

/** The controls of a clip that begins with a picture. */
export const CLIP_CONTROLS = {
  motion: s.motion({ optional: true }),
  prompt: s.prompt({ optional: true }),
  seed: s.seed({ optional: true }),
  acceptance: s.acceptance({ optional: true }),
} as const;

export const CLIP_SIZE = p.choice({
  label: 'Size',
  options: ['360p', '480p', '720p', '1080p'],
  default: '720p',
  look: 'segments',
  help: 'Pixels on the short side.',
});

export const SOUND = p.toggle({
  label: 'Sound',
  default: false,
  help: 'Asks for a clip that can be heard. Some models charge more for it, others make silent clips only.',
});

/** A shape in the size of a clip, with so many pixels on its short side. */
export function clipAspect(shape: { readonly width: number; readonly height: number }, short: number): AspectValue {
  const { width, height } = withShortSide(shape, short);
  return { kind: 'aspect', ratio: [width, height], width, height };
}

interface ClipParams {
  readonly tier: TakeRequest['tier'];
  readonly sound: boolean;
}

type ClipInputs = KnownInputs<typeof CLIP_CONTROLS> & {
  readonly image?: ImageValue | undefined;
  readonly lastFrame?: ImageValue | undefined;
};

/** The request for a clip of this aspect, with what is known of its inputs; `rest` is what only this node asks for. */
export function clipRequest(
  { tier, sound }: ClipParams,
  inputs: ClipInputs,
  aspect: AspectValue,
  rest: Partial<TakeRequest> = {},
): TakeRequest {
  const { width, height } = aspect;
  return {
    work: 'image to video',
    tier,
    prompt: inputs.prompt ?? NO_PROMPT,
    seed: inputs.seed ?? DEFAULT_SEED,
    guidance: DEFAULT_GUIDANCE,
    aspect,
    megapixels: (width * height) / 1e6,
    references: [],
    motion: inputs.motion ?? DEFAULT_MOTION,
    ...(inputs.image ? { still: inputs.image } : {}),
    ...(inputs.lastFrame ? { lastFrame: inputs.lastFrame } : {}),
    ...(sound ? { sound } : {}),
    ...(inputs.acceptance ? { acceptance: inputs.acceptance } : {}),
    ...rest,
  };
}

/** An acceptable take of the request, as the clip it has to be. */
export async function takenClip(ctx: Pick<RunContext, 'produce'>): Promise<{ readonly video: VideoValue }> {
  const { artifact } = await ctx.produce();
  if (artifact.kind !== 'video') throw new TypeError('A video was asked for and an image came back.');
  return { video: artifact };
}
