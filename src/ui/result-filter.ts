/** Which of all results are looked at. */
import type { GraphId } from '../core/ids.ts';
import { FREE, dollars } from '../core/money.ts';
import { TIERS, type ModelRef, type TakeRecord } from '../core/take.ts';
import type { Fate } from '../ledger/receipt.ts';
import { w } from '../words/t.ts';
import type { MadeResult } from './results-listing.ts';

export const VERDICTS = ['accepted', 'open', 'rejected', 'superseded'] as const satisfies readonly Fate[];
export const COSTS = [w('free'), w('paid'), w('over $0.10'), w('over $1.00'), w('price unknown')] as const;
/** Before months, each of which is written as "2026-11". */
export const RECENT = [w('today'), w('the last 7 days'), w('the last 30 days')] as const;

/** Nothing is left out where a text is empty. */
export interface ResultFilter {
  readonly words: string;
  readonly kind: '' | 'image' | 'video';
  readonly verdict: '' | (typeof VERDICTS)[number];
  readonly tier: '' | TakeRecord['tier'];
  /** A model as `keyOfModel` writes it, or a service with a slash after it. */
  readonly maker: string;
  readonly graph: '' | GraphId;
  readonly tag: string;
  readonly cost: '' | (typeof COSTS)[number];
  readonly date: string;
  readonly isStarred: boolean;
}
export const EVERYTHING: ResultFilter = {
  words: '',
  kind: '',
  verdict: '',
  tier: '',
  maker: '',
  graph: '',
  tag: '',
  cost: '',
  date: '',
  isStarred: false,
};

/** A service, a slash, a model. */
export const keyOfModel = ({ provider, model }: ModelRef): string => `${provider}/${model}`;
/** The month a person was in, as "2026-11". */
export function monthHere(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}

const DAY_MS = 24 * 3_600_000;
const CENTS_10 = dollars(0.1);
const DOLLAR = dollars(1);

/** Without accents and capitals, so that "cafe" finds "Café". */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** Those that pass, in the order they have. Words are looked for in prompts, titles of graphs and tags. */
export function passing(results: readonly MadeResult[], filter: ResultFilter, now: number): readonly MadeResult[] {
  const words = folded(filter.words).split(/\s+/).filter(Boolean);
  const since = beginOf(filter.date, now);
  return results.filter((result) => {
    const { take, fate, label, graph, prompt } = result;
    return (
      (!filter.kind || take.artifact.kind === filter.kind) &&
      (!filter.verdict || fate === filter.verdict) &&
      (!filter.tier || take.tier === filter.tier) &&
      (!filter.maker || isMadeBy(take, filter.maker)) &&
      (!filter.graph || take.graphId === filter.graph) &&
      (!filter.tag || (label.tags?.includes(filter.tag) ?? false)) &&
      (!filter.isStarred || label.starredAt !== undefined) &&
      (!filter.cost || costs(take, filter.cost)) &&
      (!filter.date || (since === undefined ? monthHere(take.at) === filter.date : take.at >= since)) &&
      (words.length === 0 || hasAll(words, [prompt, graph?.title ?? '', ...(label.tags ?? [])]))
    );
  });
}
function hasAll(words: readonly string[], texts: readonly string[]): boolean {
  const text = folded(texts.join(' '));
  return words.every((word) => text.includes(word));
}
const isMadeBy = ({ answered }: TakeRecord, maker: string): boolean =>
  maker.endsWith('/') ? `${answered.provider}/` === maker : keyOfModel(answered) === maker;

/** The moment a span of days begins; nothing for a month. */
function beginOf(date: string, now: number): number | undefined {
  switch (date as (typeof RECENT)[number]) {
    case 'today':
      return new Date(now).setHours(0, 0, 0, 0);
    case 'the last 7 days':
      return now - 7 * DAY_MS;
    case 'the last 30 days':
      return now - 30 * DAY_MS;
    default:
      return undefined;
  }
}

function costs({ charged }: TakeRecord, cost: (typeof COSTS)[number]): boolean {
  if (charged === null) return cost === 'price unknown';
  switch (cost) {
    case 'free':
      return charged === FREE;
    case 'paid':
      return charged > FREE;
    case 'over $0.10':
      return charged > CENTS_10;
    case 'over $1.00':
      return charged > DOLLAR;
    case 'price unknown':
      return false;
    default:
      return cost satisfies never;
  }
}

/** What there is to choose among these results, each once. */
export interface ResultChoices {
  readonly makers: ReadonlyMap<string, ModelRef>;
  readonly tiers: readonly TakeRecord['tier'][];
  readonly graphs: ReadonlyMap<GraphId, string | undefined>;
  readonly tags: readonly string[];
  /** Newest first. */
  readonly months: readonly string[];
}
export function choicesIn(results: readonly MadeResult[]): ResultChoices {
  const makers = new Map<string, ModelRef>();
  const graphs = new Map<GraphId, string | undefined>();
  const tiers = new Set<TakeRecord['tier']>();
  const tags = new Set<string>();
  const months = new Set<string>();
  for (const { take, graph, label } of results) {
    makers.set(keyOfModel(take.answered), take.answered);
    graphs.set(take.graphId, graph?.title);
    tiers.add(take.tier);
    months.add(monthHere(take.at));
    for (const tag of label.tags ?? []) tags.add(tag);
  }
  return {
    makers,
    graphs,
    tiers: ([...TIERS, 'draft'] as const).filter((tier) => tiers.has(tier)),
    tags: [...tags].sort((a, b) => a.localeCompare(b)),
    months: [...months].sort().reverse(),
  };
}
