/** The catalog: models that are known, what they can do, what they cost, as of when, from which source. */
import { FREE, type Micros } from '../core/money.ts';
import { TIERS, type ModelRef, type Tier, type WorkKind } from '../core/take.ts';
import { CLIP_VERSION, SKETCH_VERSION } from '../sketch/version.ts';
import type { ModelFields } from './job-request.ts';
import type { NamedSize } from './named-size.ts';
import type { OwnWorkflow } from './own-workflow.ts';

/** `undefined` where nobody has said: unknown is never a guess. */
export interface Supports {
  readonly seed?: boolean;
  readonly guidance?: boolean;
  readonly negative?: boolean;
  /** Takes reference images. */
  readonly references?: boolean;
  /** Most of them; left out where nobody says. */
  readonly mostReferences?: number;
  /** Starts a clip from a given still. */
  readonly firstFrame?: boolean;
  /** Ends a clip with a given picture. */
  readonly lastFrame?: boolean;
  /** Goes on from a clip, by more of it than its last frame. */
  readonly extend?: boolean;
  /** Makes clips whose last frame leads to the first. */
  readonly loop?: boolean;
  /** Makes clips that can be heard, where it is asked to. */
  readonly audio?: boolean;
  /** Lengths of clips in seconds that can be asked for, shortest first. */
  readonly durations?: readonly number[];
}
export const PRICE_UNITS = [
  'image',
  'megapixel',
  'second',
  'video',
  'token',
  'image output token',
  'video output token',
  'frame',
  'credit',
  'step',
  'run and megapixel',
  'megapixels (8)',
] as const;
export type PriceUnit = (typeof PRICE_UNITS)[number];
export interface Price {
  /** For `per` units. For credits: how many credits, in millionths. */
  readonly amount: Micros;
  readonly unit: PriceUnit;
  readonly per: number;
  /** At other sizes: what the amount is there, smallest first. */
  readonly sizes?: readonly SizePrice[];
  /** For clips of these lengths, shortest first, at the size of `amount`. */
  readonly lengths?: readonly { readonly seconds: number; readonly amount: Micros }[];
  /** Where sound changes the price: with it, or without it, whichever the amount is not for. */
  readonly withSound?: PriceCase;
  readonly silent?: PriceCase;
  /** For other kinds of work. */
  readonly works?: Readonly<Partial<Record<WorkKind, Micros>>>;
  /** For each megapixel, second or picture that goes along beyond what the amount is for. */
  readonly extraMegapixel?: Micros;
  readonly extraSecond?: Micros;
  readonly extraReference?: { readonly beyond: number; readonly amount: Micros };
  /** What the list says beside the number; then the number holds for the usual case only. */
  readonly notes?: string;
  readonly source: string;
  /** ISO date of the last check. */
  readonly asOf: string;
}
/** What takes the place of the amount, and of the amounts at other sizes. */
export type PriceCase = Pick<Price, 'amount' | 'sizes'>;
/** The amount up to this size. */
export interface SizePrice extends NamedSize {
  readonly amount: Micros;
}
export interface Offer {
  readonly provider: string;
  /** The provider's own name for the model. */
  readonly modelId: string;
  /** Where it makes a kind of work under another name, and nobody has to know how it calls its inputs. */
  readonly names?: Readonly<Partial<Record<WorkKind, string>>>;
  /** How it calls its inputs; left out where nobody has written it down. */
  readonly fields?: ModelFields;
  /** Where it has another name for a kind of work. */
  readonly works?: Readonly<Partial<Record<WorkKind, Endpoint>>>;
  /** Where clips between two pictures have a name of their own. */
  readonly between?: Endpoint;
  /** Where clips are gone on from; its fields have a place for the clip. */
  readonly extending?: Endpoint;
  /** What stands for the model, at a service that runs workflows. */
  readonly workflow?: OwnWorkflow;
  /** Only a workflow of a person's own could make it there: it needs nodes of its own. */
  readonly needsOwnWorkflow?: true;
  readonly price?: Price;
}
/** What a request is sent to. */
export interface Endpoint {
  readonly modelId: string;
  readonly fields: ModelFields;
}
export interface Model {
  readonly id: string;
  readonly vendor: string;
  readonly name: string;
  readonly status: 'active' | 'deprecated' | 'retired';
  /** ISO date from which the status holds; left out when nobody says. */
  readonly statusDate?: string;
  readonly work: readonly WorkKind[];
  /** All modalities as the sources name them, those Triptych has no node for included. */
  readonly modalities: readonly string[];
  readonly offers: readonly Offer[];
  readonly supports: Supports;
  readonly tiers: readonly Tier[];
  /** Whether the same seed gives the same result, as the vendor states it. */
  readonly seeds: 'yes' | 'no' | 'unknown';
  readonly seedsNote?: string;
  readonly seconds?: number;
  readonly notes?: string;
  readonly sources: readonly string[];
  readonly asOf: string;
}
export interface Catalog {
  readonly asOf: string;
  readonly models: readonly Model[];
  readonly find: (ref: ModelRef) => { readonly model: Model; readonly offer: Offer } | undefined;
}

/** Of what a person runs on a computer of their own. */
export const OWN_COMPUTER: Price = {
  amount: FREE,
  unit: 'image',
  per: 1,
  source: 'It runs on this machine.',
  asOf: '2999-12-31',
};

/** The maker that is always there. */
export const BUILT_IN: ModelRef = { provider: 'sketch', model: 'triptych/sketch' };
const BUILT_IN_CLIPS = `sketch ${SKETCH_VERSION} clips ${CLIP_VERSION}`;
const builtIn: Model = {
  id: BUILT_IN.model,
  vendor: 'Triptych',
  name: 'Built-in engine',
  status: 'active',
  work: ['text to image', 'image edit', 'text to video', 'image to video', 'upscale'],
  modalities: ['text-to-image', 'image-to-image', 'text-to-video', 'image-to-video', 'upscale'],
  offers: [
    {
      provider: BUILT_IN.provider,
      modelId: `sketch ${SKETCH_VERSION}`,
      names: { 'text to video': BUILT_IN_CLIPS, 'image to video': BUILT_IN_CLIPS },
      price: OWN_COMPUTER,
    },
  ],
  supports: {
    seed: true,
    guidance: true,
    negative: true,
    references: true,
    firstFrame: true,
    lastFrame: true,
    extend: true,
    loop: true,
    audio: false,
  },
  tiers: [...TIERS],
  seeds: 'yes',
  seedsNote: 'The same graph and seed give the same bytes on every machine.',
  seconds: 1,
  notes: 'A procedural storyboard artist: no model, no network, no claim to be AI.',
  sources: ['built in'],
  asOf: '2999-12-31',
};

export function catalogOf(models: readonly Model[], asOf: string): Catalog {
  const all = [builtIn, ...models.filter((model) => model.id !== builtIn.id)];
  const byId = new Map(all.map((model) => [model.id, model]));
  return {
    asOf,
    models: all,
    find({ provider, model: id }) {
      const model = byId.get(id);
      const offer = model?.offers.find((candidate) => candidate.provider === provider);
      return model && offer && { model, offer };
    },
  };
}
/** With nothing but the built-in engine. */
export const EMPTY_CATALOG = catalogOf([], '');

/** Days after which a price or a model's row should be looked at again. */
export const REVIEW_DAYS = 92;
export function isDueForReview(asOf: string, now: number): boolean {
  const checked = Date.parse(asOf);
  return Number.isNaN(checked) || now - checked > REVIEW_DAYS * 86_400_000;
}
