/**
 * Recraft: pictures, pictures from pictures, and enlargements, all in the answer, which says what it cost.
 *
 * Fields: https://www.recraft.ai/docs/api-reference/agents. It has no seed. Errors are plain text as often as JSON.
 */
import { fromBase64 } from '../core/base64.ts';
import { isRecord, listIn, textOrNone, type Loose } from '../core/loose.ts';
import { dollars, scaled } from '../core/money.ts';
import { say } from '../core/say.ts';
import type { JobRequest, ModelFields } from '../routing/job-request.ts';
import type { Adapter, Answer, Call, JobMade, Submitting } from './adapter.ts';
import { answeredTrouble } from './answer-trouble.ts';
import { bearerOf } from './bearer.ts';
import { inputOf } from './fields.ts';
import { pictureForm } from './picture-form.ts';
import { kindOfStatus, notItsWork, ServiceTrouble } from './service-trouble.ts';

const NAME = 'Recraft';
const PATIENCE_MS = 180_000;

export const recraft: Adapter = {
  id: 'recraft',
  version: 1,
  name: NAME,
  home: 'https://external.api.recraft.ai/v1',
  hosts: [],
  keyNames: ['RECRAFT_API_KEY', 'RECRAFT_API_TOKEN'],
  keyPage: 'https://app.recraft.ai/profile/api',
  atOnce: 4,
  longestMs: PATIENCE_MS,
  async submit(request, access) {
    const answer = await access.call({
      ...(await callFor(request, access)),
      method: 'POST',
      headers: bearerOf(access),
      pays: true,
      patienceMs: PATIENCE_MS,
    });
    return { made: madeOf(answer) };
  },
  classify,
  async test(access) {
    await access.call({ to: '/users/me', headers: bearerOf(access) });
  },
};

/** As text in the answer, for addresses of its results expire. */
const COMMON = { response_format: 'b64_json' };
const UPSCALERS: readonly string[] = ['crispUpscale', 'creativeUpscale'];
/** As much as most who use it keep of the picture. */
const USUAL_CHANGE = 0.5;

const SHAPES: ModelFields = {
  size: {
    as: 'ratio',
    name: 'size',
    // In the order in which equals are preferred.
    values: ['1:1', '2:1', '1:2', '3:2', '2:3', '4:3', '3:4', '5:4', '4:5', '6:10', '14:10', '10:14', '16:9', '9:16'],
  },
};
/** Of the models before the fourth. */
const HAS_NEGATIVE = /^recraftv[23](_|$)/;

async function callFor(request: JobRequest, access: Submitting): Promise<Pick<Call, 'to' | 'json' | 'form'>> {
  const { work, model, prompt, negative, still, references, fields } = request;
  const [start] = still ? [still] : references;
  const isUpscaler = UPSCALERS.includes(model);
  if (isUpscaler && work === 'upscale' && start)
    return {
      to: `/images/${model}`,
      form: await pictureForm({ ...COMMON, ...fields?.always }, [['file', start.picture]], access),
    };
  if (isUpscaler || (work !== 'text to image' && work !== 'image edit')) throw notItsWork(NAME);
  const words = {
    model,
    prompt,
    ...(negative && HAS_NEGATIVE.test(model) ? { negative_prompt: negative } : {}),
    ...COMMON,
    ...fields?.always,
  };
  if (!start)
    return { to: '/images/generations', json: { ...words, ...inputOf({ ...request, fields: SHAPES }, () => '') } };
  // 0 gives the picture back as it is.
  const strength = still ? USUAL_CHANGE : 1 - references[0]!.strength;
  return {
    to: '/images/imageToImage',
    form: await pictureForm({ ...words, strength }, [['image', start.picture]], access),
  };
}

/** 1,000 of its units are a dollar. */
const UNIT = dollars('0.001');

function madeOf({ json }: Answer): JobMade {
  const answer: Loose = isRecord(json) ? json : {};
  const picture: Loose = (isRecord(answer['image']) ? answer['image'] : listIn(answer['data'])[0]) ?? {};
  const bytes = fromBase64(textOrNone(picture['b64_json']) ?? '');
  if (!bytes?.length)
    throw new ServiceTrouble('unreadable', say('{0} answered without a picture.', say(NAME)), { mayCost: true });
  const { credits } = answer;
  return {
    output: { bytes },
    ...(typeof credits === 'number' && credits >= 0 ? { charged: scaled(UNIT, credits) } : {}),
  };
}

function classify(answer: Answer): ServiceTrouble {
  const { code, message, error } = isRecord(answer.json) ? answer.json : {};
  const says = textOrNone(message) ?? textOrNone(error) ?? (isRecord(error) ? textOrNone(error['message']) : undefined);
  return answeredTrouble(NAME, kindOfStatus(answer.status), answer, { code: textOrNone(code), says });
}
