/** Reads the file of a catalog, as somebody wrote it. */
import { isRecord, type Loose } from '../core/loose.ts';
import { fail, ok, type Result } from '../core/errors.ts';
import { readJson } from '../core/json.ts';
import { LARGEST_JSON_FILE } from '../core/limits.ts';
import { dollars, type Micros } from '../core/money.ts';
import { TIERS, type Tier, type WorkKind } from '../core/take.ts';
import { own } from '../core/own.ts';
import { say, type Sentence } from '../core/say.ts';
import {
  catalogOf,
  OWN_COMPUTER,
  type Catalog,
  type Endpoint,
  type Model,
  type Offer,
  type Price,
  type PriceUnit,
  type SizePrice,
} from './catalog.ts';
import type { ModelFields } from './job-request.ts';
import { readModelFields } from './model-fields.ts';
import { usualServiceName } from './service-names.ts';
import { sizeNamed } from './named-size.ts';

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const dateIn = (value: unknown): string => (isText(value) ? /\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined) ?? '';

/** Reads a catalog file. A damaged row is left out and named; a file that is no catalog is refused. */
export function parseCatalog(
  text: string,
): Result<{ readonly catalog: Catalog; readonly dropped: readonly Sentence[] }> {
  const read = readJson(text, LARGEST_JSON_FILE);
  if (!read.ok)
    return fail(
      'bad-input',
      read.why === 'not JSON'
        ? 'The catalog is not JSON; it was cut or damaged.'
        : 'The catalog is larger or nested deeper than any catalog, so it was not read.',
      'The last good one stays in use. Get the file again.',
    );
  const raw = read.value;
  if (!isRecord(raw) || raw['format'] !== 'triptych-catalog' || !Array.isArray(raw['models']))
    return fail('bad-input', 'This file is not a Triptych catalog.', 'The last good one stays in use.');
  const dropped: Sentence[] = [];
  const models: Model[] = [];
  for (const [index, row] of raw['models'].entries()) {
    const model = readModel(row, dropped);
    if (model) models.push(model);
    else dropped.push(say('Row {0} has no id, name or modality and was left out.', index + 1));
  }
  if (models.length === 0)
    return fail('bad-input', 'The catalog holds no model that can be read.', 'The last good one stays in use.');
  return ok({ catalog: catalogOf(models, dateIn(raw['asOf'])), dropped });
}

const WORK_OF: Readonly<Record<string, WorkKind>> = {
  'text-to-image': 'text to image',
  'image-to-image': 'image edit',
  'text-to-video': 'text to video',
  'image-to-video': 'image to video',
  upscale: 'upscale',
};

function readModel(row: unknown, dropped: Sentence[]): Model | undefined {
  if (!isRecord(row) || !isText(row['id']) || !isText(row['name']) || !Array.isArray(row['modalities']))
    return undefined;
  const modalities = row['modalities'].filter(isText);
  const can = isRecord(row['supports']) ? row['supports'] : {};
  const known = (value: unknown): boolean | undefined =>
    typeof value === 'boolean'
      ? value
      : typeof value === 'string'
        ? true
        : typeof value === 'number'
          ? value > 0
          : undefined;
  const facts = {
    seed: known(can['seed']),
    guidance: known(can['cfg']),
    negative: known(can['negative_prompt']),
    references: known(can['image_reference']),
    firstFrame: known(can['first_frame']),
    lastFrame: known(can['last_frame']),
    extend: known(can['extend']) ?? (modalities.includes('video-extend') || undefined),
    loop: known(can['loop']),
    audio: known(can['audio']),
  };
  const most = can['image_reference'];
  const durations = Array.isArray(can['durations'])
    ? can['durations'].filter(
        (value): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0,
      )
    : [];
  const status = row['status'];
  const hint = row['latency_hint_s'];
  const seconds = typeof hint === 'number' || isText(hint) ? Number(hint) : 0;
  return {
    id: row['id'],
    vendor: isText(row['vendor']) ? row['vendor'] : 'unknown',
    name: row['name'],
    status: status === 'deprecated' || status === 'retired' ? status : 'active',
    ...(dateIn(row['status_date']) ? { statusDate: dateIn(row['status_date']) } : {}),
    work: [...new Set(modalities.flatMap((modality) => own(WORK_OF, modality) ?? []))],
    modalities,
    offers: (Array.isArray(row['providers']) ? row['providers'] : []).flatMap((offer) =>
      readOffer(offer, row['name'] as string, dropped),
    ),
    supports: {
      ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
      ...(typeof most === 'number' && most > 0 ? { mostReferences: most } : {}),
      ...(durations.length ? { durations: durations.toSorted((a, b) => a - b) } : {}),
    },
    tiers: (Array.isArray(row['suggested_tier']) ? row['suggested_tier'] : []).filter((tier): tier is Tier =>
      TIERS.includes(tier as Tier),
    ),
    seeds:
      row['deterministic_seed'] === 'yes' || row['deterministic_seed'] === 'no' ? row['deterministic_seed'] : 'unknown',
    ...(isText(row['determinism_note']) ? { seedsNote: row['determinism_note'] } : {}),
    ...(seconds > 0 && Number.isFinite(seconds) ? { seconds } : {}),
    ...(isText(row['notes']) ? { notes: row['notes'] } : {}),
    sources: Array.isArray(row['source']) ? row['source'].filter(isText) : [],
    asOf: dateIn(row['as_of']),
  };
}

const UNIT_OF: Readonly<Record<string, readonly [PriceUnit, number]>> = {
  per_image: ['image', 1],
  per_megapixel: ['megapixel', 1],
  per_8_megapixels: ['megapixels (8)', 1],
  per_second: ['second', 1],
  per_video: ['video', 1],
  per_1M_tokens: ['token', 1_000_000],
  per_1K_tokens: ['token', 1000],
  per_1M_image_output_tokens: ['image output token', 1_000_000],
  per_1M_video_output_tokens: ['video output token', 1_000_000],
  per_source_frame: ['frame', 1],
  per_2x_step: ['step', 1],
  per_run_plus_megapixel: ['run and megapixel', 1],
  credits: ['credit', 1],
};

type Cases = Pick<
  Price,
  'sizes' | 'withSound' | 'silent' | 'lengths' | 'works' | 'extraMegapixel' | 'extraSecond' | 'extraReference'
>;
/** What a list says about other sizes, lengths and kinds of work. Throws a RangeError at an amount that is none. */
function readCases(price: Loose): Cases {
  const amountOf = (value: unknown): Micros => {
    if (typeof value !== 'number') throw new RangeError('An amount of money is a number.');
    return dollars(value);
  };
  const entries = (value: unknown) => (isRecord(value) ? Object.entries(value) : []);
  const sizesIn = (value: unknown): Pick<Price, 'sizes'> => {
    const sizes = entries(value).flatMap(([name, amount]): SizePrice[] => {
      const size = sizeNamed(name);
      return size ? [{ ...size, amount: amountOf(amount) }] : [];
    });
    return sizes.length ? { sizes: sizes.toSorted((a, b) => a.lines - b.lines) } : {};
  };
  const caseOf = (name: 'withSound' | 'silent', value: unknown): Cases =>
    isRecord(value) ? { [name]: { amount: amountOf(value['amount']), ...sizesIn(value['sizes']) } } : {};
  const lengths = entries(price['lengths'])
    .map(([seconds, amount]) => ({ seconds: Number(seconds), amount: amountOf(amount) }))
    .filter(({ seconds }) => seconds > 0 && Number.isFinite(seconds));
  const works = entries(price['works']).flatMap(([modality, amount]) => {
    const work = own(WORK_OF, modality);
    return work ? [[work, amountOf(amount)] as const] : [];
  });
  const reference = price['extra_reference'];
  const beyond = isRecord(reference) ? reference['beyond'] : undefined;
  return {
    ...sizesIn(price['sizes']),
    ...caseOf('withSound', price['with_sound']),
    ...caseOf('silent', price['silent']),
    ...(lengths.length ? { lengths: lengths.toSorted((a, b) => a.seconds - b.seconds) } : {}),
    ...(works.length ? { works: Object.fromEntries(works) } : {}),
    ...(price['extra_megapixel'] === undefined ? {} : { extraMegapixel: amountOf(price['extra_megapixel']) }),
    ...(price['extra_second'] === undefined ? {} : { extraSecond: amountOf(price['extra_second']) }),
    ...(isRecord(reference) && typeof beyond === 'number' && beyond >= 0
      ? { extraReference: { beyond, amount: amountOf(reference['amount']) } }
      : {}),
  };
}

/** How the model of an offer is asked. What is damaged is left out and named: it is not asked then. */
function readHow(
  raw: Loose,
  name: string,
  dropped: Sentence[],
): Pick<Offer, 'fields' | 'works' | 'between' | 'extending'> {
  const read = (fields: unknown): ModelFields | undefined => {
    const whole = readModelFields(fields);
    if (!whole && fields !== undefined)
      dropped.push(say('{0} at {1}: how it is asked cannot be read.', name, String(raw['provider'])));
    return whole;
  };
  const fields = read(raw['fields']);
  const endpointIn = (endpoint: unknown): Endpoint | undefined => {
    if (!isRecord(endpoint) || !isText(endpoint['model_id'])) return undefined;
    const its = read(endpoint['fields']);
    return its && { modelId: endpoint['model_id'], fields: its };
  };
  const told = isRecord(raw['works']) ? raw['works'] : {};
  const works = Object.entries(told).flatMap(([modality, endpoint]) => {
    const work = own(WORK_OF, modality);
    const its = work && endpointIn(endpoint);
    return its ? [[work, its] as const] : [];
  });
  const between = endpointIn(told['first-last-frame']);
  const extending = endpointIn(told['video-extend']);
  return {
    ...(fields ? { fields } : {}),
    ...(works.length ? { works: Object.fromEntries(works) } : {}),
    ...(between ? { between } : {}),
    ...(extending?.fields.clip ? { extending } : {}),
  };
}

function readOffer(raw: unknown, name: string, dropped: Sentence[]): Offer[] {
  if (!isRecord(raw) || !isText(raw['provider'])) return [];
  const offer: Offer = {
    provider: raw['provider'],
    modelId: isText(raw['model_id']) ? raw['model_id'] : '',
    ...(raw['own_workflow'] === true ? { needsOwnWorkflow: true } : {}),
    ...readHow(raw, name, dropped),
  };
  const price = raw['price'];
  // What a person runs on a computer of their own nobody charges for.
  if (!isRecord(price)) return [offer.provider.endsWith('-local') ? { ...offer, price: OWN_COMPUTER } : offer];
  const unit = isText(price['unit']) ? own(UNIT_OF, price['unit']) : undefined;
  const amount = price['amount'];
  try {
    if (!unit || (typeof amount !== 'number' && !isText(amount)))
      throw new RangeError('An amount of money has a number and a unit.');
    const source = isText(price['source']) ? price['source'] : '';
    return [
      {
        ...offer,
        price: {
          amount: dollars(amount),
          unit: unit[0],
          per: unit[1],
          source,
          asOf: dateIn(price['as_of']),
          ...readCases(price),
          ...(isText(price['notes']) ? { notes: price['notes'] } : {}),
        },
      },
    ];
  } catch {
    dropped.push(
      say('{0} at {1}: its price cannot be read and counts as unknown.', name, say(usualServiceName(offer.provider))),
    );
    return [offer];
  }
}
