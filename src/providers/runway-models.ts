/**
 * What each model at Runway takes, by the types of its own client (`@runwayml/sdk` 4.20.1): which address it is asked
 * at, its sizes, its lengths, and where its pictures go. What is not in here is not asked for.
 */
import type { WorkKind } from '../core/take.ts';
import type { ModelFields, SizeField } from '../routing/job-request.ts';
import { wholeNumbers } from './whole-numbers.ts';

export interface Way {
  readonly to: 'text_to_image' | 'text_to_video' | 'image_to_video' | 'video_to_video' | 'image_upscale';
  readonly fields: ModelFields;
  /** Sizes in pixels, `1280:720`, of which the nearest is sent as its ratio. */
  readonly sizes?: readonly string[];
  /** Where pictures go that it does not begin with, and the most of them. */
  readonly references?: { readonly name: 'referenceImages' | 'references'; readonly most: number };
  readonly hasLastFrame?: true;
}

const listOf = (values: string) => values.split(' ');
const SEED: ModelFields = { seed: 'seed', largestSeed: 2 ** 32 - 1 };

/** Fields of a picture; `most` pictures can go along. */
const image = (sizes: string, most: number, fields: ModelFields = {}): Way => ({
  to: 'text_to_image',
  sizes: listOf(sizes),
  references: { name: 'referenceImages', most },
  fields,
});
const clipFields = (seconds: readonly number[] | undefined, fields: ModelFields): ModelFields => ({
  duration: { name: 'duration', as: 'number', ...(seconds ? { values: seconds } : {}) },
  ...fields,
});
interface ClipFacts {
  readonly sizes?: string;
  /** Every length in whole seconds, where it is left out. */
  readonly seconds?: readonly number[];
  readonly fields?: ModelFields;
}
/** A clip of words, with so many pictures beside them. */
const fromText = ({ sizes, seconds, fields = {} }: ClipFacts, most = 0): Way => ({
  to: 'text_to_video',
  fields: clipFields(seconds, fields),
  ...(sizes ? { sizes: listOf(sizes) } : {}),
  ...(most > 0 ? { references: { name: 'references', most } } : {}),
});
/** A clip that begins with a picture, and ends with one where the model takes it. */
const fromStill = ({ sizes, seconds, fields = {} }: ClipFacts, last?: 'and last frame'): Way => ({
  to: 'image_to_video',
  fields: clipFields(seconds, fields),
  ...(sizes ? { sizes: listOf(sizes) } : {}),
  ...(last ? { hasLastFrame: true } : {}),
});

/** More of a clip: the length is that of what is added, the shape that of the clip. */
const fromClip = ({ sizes, seconds, fields = {} }: ClipFacts): Way => ({
  to: 'video_to_video',
  fields: clipFields(seconds, { ...fields, always: { ...fields.always, mode: 'extend' } }),
  ...(sizes ? { sizes: listOf(sizes) } : {}),
});

/** Clips come without sound where none was asked for: it costs more. */
const SOUND: ModelFields = { audio: 'audio', always: { audio: false } };
const lines = (values: string): SizeField => ({ as: 'lines', lines: { name: 'resolution', values: listOf(values) } });
const shapes = (values: string, resolutions: string): SizeField => ({
  as: 'ratio',
  name: 'ratio',
  values: listOf(values),
  lines: { name: 'resolution', values: listOf(resolutions) },
});

const GEN4 =
  '1024:1024 1080:1080 1168:880 1360:768 1440:1080 1080:1440 1808:768 1920:1080 1080:1920 2112:912 1280:720 720:1280 ' +
  '720:720 960:720 720:960 1680:720';
const GPT =
  '2048:880 1920:1088 1920:1280 1920:1440 1920:1536 1920:1920 1536:1920 1440:1920 1280:1920 1088:1920 2912:1248 ' +
  '2560:1440 2560:1712 2560:1920 2560:2048 2560:2560 2048:2560 1920:2560 1712:2560 1440:2560 3840:1648 3840:2160 ' +
  '3504:2336 3264:2448 3200:2560 2880:2880 2560:3200 2448:3264 2336:3504 2160:3840';
const GEMINI = '1344:768 768:1344 1024:1024 1184:864 864:1184 1536:672 832:1248 1248:832 896:1152 1152:896';
const GEMINI_LARGER =
  '2048:2048 1696:2528 2528:1696 1792:2400 2400:1792 1856:2304 2304:1856 1536:2752 2752:1536 3168:1344 4096:4096 ' +
  '3392:5056 5056:3392 3584:4800 4800:3584 3712:4608 4608:3712 3072:5504 5504:3072 6336:2688';
const GEMINI_SMALLER = '512:512 416:624 624:416 432:592 592:432 448:576 576:448 384:672 672:384 768:336';
const GEMINI_LONG =
  '256:1024 1024:256 176:1408 1408:176 512:2048 2048:512 352:2816 2816:352 1024:4096 4096:1024 704:5632 5632:704 ' +
  '2048:8192 8192:2048 1408:11264 11264:1408';
const SEEDREAM_PRO =
  '1024:1024 1184:896 896:1184 1376:768 768:1376 1296:864 864:1296 2048:2048 2304:1728 1728:2304 2720:1530 1530:2720 ' +
  '2496:1664 1664:2496';
const SEEDREAM_LITE =
  '2048:2048 2304:1728 1728:2304 2848:1600 1600:2848 2496:1664 1664:2496 3136:1344 3072:3072 3456:2592 2592:3456 ' +
  '4096:2304 2304:4096 3744:2496 2496:3744 4704:2016';
const GROK =
  '1024:1024 1280:720 720:1280 1152:864 864:1152 1248:832 832:1248 1248:576 576:1248 1280:576 576:1280 1408:704 ' +
  '704:1408 2048:2048 2816:1584 1584:2816 2368:1776 1776:2368 2496:1664 1664:2496 2912:1344 1344:2912 3200:1440 ' +
  '1440:3200 2912:1456 1456:2912';
const MUSE = '2352:1008 2016:1152 1920:1280 1792:1344 1600:1600 1344:1792 1280:1920 1152:2016';
const SEEDANCE = '992:432 864:496 752:560 640:640 560:752 496:864 1470:630 1280:720 1112:834 960:960 834:1112 720:1280';
const SEEDANCE_HD = '2206:946 1920:1080 1664:1248 1440:1440 1248:1664 1080:1920';
const SEEDANCE_4K = '3840:1646 3840:2160 3840:2880 3840:3840 2880:3840 2160:3840';
const WAN =
  '832:480 720:544 624:624 544:720 480:832 1280:720 1104:832 960:960 832:1104 720:1280 1920:1080 1648:1248 1440:1440 ' +
  '1248:1648 1080:1920';
const HAILUO_SHAPES = '21:9 16:9 4:3 1:1 3:4 9:16';

const GEN = { seconds: wholeNumbers(2, 10), fields: SEED };
const veo: ClipFacts = {
  sizes: '1280:720 720:1280 1080:1920 1920:1080',
  seconds: [4, 6, 8],
  fields: { ...SEED, ...SOUND, negative: 'negativePrompt' },
};
const hailuo: ClipFacts = { seconds: wholeNumbers(5, 15), fields: { size: shapes(HAILUO_SHAPES, '768p 2k') } };
// It rewrites prompts otherwise, and the same seed would not make the same clip.
const h3Max: ClipFacts = { fields: { ...SEED, size: lines('480p 768p'), always: { promptExpansionMode: 'disabled' } } };
const omni: ClipFacts = {
  sizes: '640:360 360:640 1280:720 720:1280 1920:1080 1080:1920 3840:2160 2160:3840',
  seconds: wholeNumbers(3, 10),
};
const wan: ClipFacts = { sizes: WAN, fields: SOUND };
const seedance = (sizes: string, longest: number): ClipFacts => ({
  sizes,
  seconds: wholeNumbers(4, longest),
  fields: { ...SEED, ...SOUND },
});
const seedance2 = seedance(`${SEEDANCE} ${SEEDANCE_HD} ${SEEDANCE_4K}`, 15);
const seedanceSmall = seedance(SEEDANCE, 15);
const seedance25 = seedance(
  `${SEEDANCE.replace('864:496', '854:480').replace('496:864', '480:854')} ${SEEDANCE_HD}`,
  30,
);

type Ways = Readonly<Partial<Record<WorkKind | 'going on', Way>>>;
/** Pictures are made and edited at one address. */
const pictures = (way: Way): Ways => ({ 'text to image': way, 'image edit': way });
const clips = (facts: ClipFacts, most: number, last?: 'and last frame'): Ways => ({
  'text to video': fromText(facts, most),
  'image to video': fromStill(facts, last),
});

export const RUNWAY_MODELS: Readonly<Record<string, Ways>> = {
  gen4_image: pictures(image(GEN4, 3, SEED)),
  gen4_image_turbo: pictures(image(GEN4, 3, SEED)),
  gpt_image_2: pictures(image(GPT, 16)),
  gpt_image_2_5_flare: pictures(image(GPT, 16)),
  gpt_image_2_5_sunburst: pictures(image(GPT, 16)),
  'gemini_2.5_flash': pictures(image(GEMINI, 3)),
  gemini_image3_pro: pictures(image(`${GEMINI} ${GEMINI_LARGER}`, 14)),
  'gemini_image3.1_flash': pictures(image(`${GEMINI} ${GEMINI_LARGER} ${GEMINI_SMALLER} ${GEMINI_LONG}`, 14)),
  muse_image: pictures(image(MUSE, 10, { always: { outputFormat: 'png' } })),
  seedream5_pro: pictures(image(SEEDREAM_PRO, 10, { always: { outputFormat: 'png' } })),
  seedream5_lite: pictures(image(SEEDREAM_LITE, 10, { always: { outputFormat: 'png' } })),
  grok_imagine_image_2: {
    'text to image': image(GROK, 3),
    'image edit': image(GROK, 3, { always: { edit: true } }),
  },
  'gen4.5': {
    'text to video': fromText({ ...GEN, sizes: '1280:720 720:1280' }),
    'image to video': fromStill({ ...GEN, sizes: '1280:720 720:1280 1104:832 960:960 832:1104 1584:672' }),
  },
  gen4_turbo: {
    'image to video': fromStill({ ...GEN, sizes: '1280:720 720:1280 1104:832 832:1104 960:960 1584:672' }),
  },
  'veo3.1': clips(veo, 0, 'and last frame'),
  'veo3.1_fast': clips(veo, 0, 'and last frame'),
  hailuo3: clips(hailuo, 9, 'and last frame'),
  h3_max: clips(h3Max, 0, 'and last frame'),
  'gemini_omni_flash_1.1': {
    // How many pictures may stand beside the words is not written down; one is taken.
    'text to video': fromText(omni, 1),
    'image to video': fromStill(omni, 'and last frame'),
    'going on': fromClip(omni),
  },
  seedance2: clips(seedance2, 9, 'and last frame'),
  seedance2_fast: clips(seedanceSmall, 9, 'and last frame'),
  seedance2_mini: clips(seedanceSmall, 9, 'and last frame'),
  seedance2_5: {
    ...clips(seedance25, 30, 'and last frame'),
    'going on': fromClip({ seconds: wholeNumbers(4, 30), fields: { ...SEED, ...SOUND } }),
  },
  wan3: clips(wan, 10, 'and last frame'),
  wan3_prime: clips(wan, 10, 'and last frame'),
  happyhorse_1_0: {
    'text to video': fromText({
      sizes: '1280:720 720:1280 960:960 1108:832 832:1108 1920:1080 1080:1920 1440:1440 1662:1248 1248:1662',
    }),
    'image to video': fromStill({ fields: { size: lines('720p 1080p') } }),
  },
  grok_imagine_1_5: {
    // With pictures beside the words it makes no more than 720p.
    'text to video': fromText({ fields: { size: shapes('1:1 16:9 9:16 4:3 3:4 3:2 2:3', '480p 720p') } }, 7),
    'image to video': fromStill({ fields: { size: lines('480p 720p 1080p') } }),
  },
  magnific_precision_upscaler_v2: {
    upscale: {
      to: 'image_upscale',
      fields: { prompt: null, enlargement: { name: 'scaleFactor', values: [2, 4, 8, 16] } },
    },
  },
};
