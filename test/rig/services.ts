/** Every service there is, with its double and the plainest job for it: what holds for one has to hold for all. */
import { ADAPTERS } from '../../src/providers/adapters.ts';
import type { Adapter } from '../../src/providers/adapter.ts';
import { addressName } from '../../src/gateway/jobs/service-keys.ts';
import type { JobRequest } from '../../src/routing/job-request.ts';
import { CHECKPOINT, startA1111 } from '../contract/a1111.ts';
import { startAlibaba } from '../contract/alibaba.ts';
import { startBfl } from '../contract/bfl.ts';
import { startBytePlus } from '../contract/byteplus.ts';
import { startCliprise } from '../contract/cliprise.ts';
import { startComfyUi } from '../contract/comfyui.ts';
import type { Double } from '../contract/double.ts';
import { FAL_KEY, startFal } from '../contract/fal.ts';
import { CLIP_MODEL, PICTURE_MODEL, startGoogle } from '../contract/google.ts';
import { startIdeogram } from '../contract/ideogram.ts';
import { startKling } from '../contract/kling.ts';
import { startLuma } from '../contract/luma.ts';
import { madePicture } from '../contract/made-picture.ts';
import { startMinimax } from '../contract/minimax.ts';
import { startOpenai } from '../contract/openai.ts';
import { startRecraft } from '../contract/recraft.ts';
import { REPLICATE_TOKEN, startReplicate } from '../contract/replicate.ts';
import { startRunway } from '../contract/runway.ts';
import { startStability } from '../contract/stability.ts';
import { requestTo } from './requests.ts';

type Goes = 'answered at once' | 'asked after' | 'asked after and fetched';
export interface ServiceCase {
  readonly name: string;
  readonly adapter: Adapter;
  readonly key: string;
  readonly request: JobRequest;
  /** Whether the job is asked after once it was sent, and what it made lies at an address; or it is in an answer. */
  readonly goes: Goes;
  start(): Promise<Double>;
  /** What the environment says where the double is in the vendor's place. */
  environmentOf(double: Double): Record<string, string>;
}

/** A service that has a list without names says what is there, and never surely what is not. */
export const saysWhatIsNotThere = ({ id, lookup }: Adapter): boolean => lookup !== undefined && id !== 'replicate';

const KEY = 'test-key';
const CLIP = { work: 'text to video', width: 1280, height: 720, ratio: [16, 9], seconds: 6 } as const;
const STILL = { picture: 'still', width: 8, height: 8 };
/** Pictures that the jobs below refer to. */
export const STILLS = new Map([['still', { bytes: madePicture('still'), mime: 'image/png' }]]);

interface Facts {
  readonly model: string;
  readonly goes?: Goes;
  readonly start: () => Promise<Double>;
  /** Below the address of the double. */
  readonly path?: string;
  readonly key?: string;
  readonly more?: Partial<JobRequest>;
}
const creative = 'v2beta/stable-image/upscale/creative';
/** Where one of them makes pictures at once and clips in their time, or has two APIs, there is a job for each. */
const FACTS: Readonly<Record<string, readonly Facts[]>> = {
  'comfyui-local': [{ model: 'v1-5.safetensors', start: () => startComfyUi({ checkpoints: ['v1-5.safetensors'] }) }],
  'a1111-local': [
    { model: CHECKPOINT, goes: 'answered at once', start: () => startA1111({ auth: 'mia:secret' }), key: 'mia:secret' },
  ],
  fal: [{ model: 'fal-ai/flux/schnell', start: startFal, key: FAL_KEY }],
  replicate: [{ model: 'black-forest-labs/flux-schnell', start: startReplicate, path: '/v1', key: REPLICATE_TOKEN }],
  openai: [{ model: 'gpt-image-2.6-sunburst', goes: 'answered at once', start: () => startOpenai(), path: '/v1' }],
  google: [
    { model: PICTURE_MODEL, goes: 'answered at once', start: () => startGoogle(), path: '/v1beta' },
    { model: CLIP_MODEL, start: () => startGoogle(), path: '/v1beta', more: { ...CLIP, fps: 24 } },
  ],
  runway: [{ model: 'gen4_image', start: () => startRunway(), path: '/v1' }],
  bfl: [{ model: 'flux-2-pro', start: () => startBfl(), path: '/v1' }],
  stability: [
    {
      model: 'v2beta/stable-image/generate/sd3 model=sd3.5-large',
      goes: 'answered at once',
      start: () => startStability(),
    },
    { model: creative, goes: 'asked after', start: () => startStability(), more: { work: 'upscale', still: STILL } },
  ],
  luma: [
    { model: 'uni-1', start: () => startLuma({ agents: KEY }), path: '/v1' },
    { model: 'photon-1', start: () => startLuma({ agents: 'another', dreamMachine: KEY }), path: '/v1' },
  ],
  kling: [{ model: 'kling-v3-omni', start: () => startKling() }],
  recraft: [{ model: 'recraftv4_1', goes: 'answered at once', start: () => startRecraft(), path: '/v1' }],
  ideogram: [{ model: 'v2/image/generate/ideogram-4-5', start: () => startIdeogram() }],
  minimax: [{ model: 'MiniMax-H3', start: () => startMinimax(), more: CLIP }],
  byteplus: [
    { model: 'seedream-4-0-250828', goes: 'answered at once', start: () => startBytePlus(), path: '/api/v3' },
    { model: 'seedance-1-0-pro-250528', start: () => startBytePlus(), path: '/api/v3', more: CLIP },
  ],
  alibaba: [{ model: 'qwen-image', start: () => startAlibaba(), path: '/api/v1' }],
  cliprise: [{ model: 'flux-2', goes: 'asked after', start: () => startCliprise(), path: '/app/cliprise' }],
  'openai-compatible': [
    { model: 'sd-turbo', goes: 'answered at once', start: () => startOpenai({ isCompatible: true }), path: '/v1' },
  ],
};

/** One that is not in the table above makes the tests fail: it has to be added there. */
export const SERVICES: readonly ServiceCase[] = ADAPTERS.flatMap((adapter) =>
  FACTS[adapter.id]!.map(({ model, goes = 'asked after and fetched', start, path = '', key = KEY, more }) => ({
    name: `${adapter.id}, ${model}`,
    adapter,
    key,
    request: requestTo(adapter.id, model, more),
    goes,
    start,
    environmentOf: ({ url }: Double) => ({
      [addressName(adapter)]: `${url}${path}`,
      ...(adapter.keyNames[0] ? { [adapter.keyNames[0]]: key } : {}),
    }),
  })),
);
