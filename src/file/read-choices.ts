/** What a node in a file says of its take and its kept result, and what an instance says of those inside. */
import type { GraphNode, InnerChoice } from '../graph/graph.ts';
import type { CacheKey, TakeId } from '../core/ids.ts';
import { LONGEST_ID, LONGEST_PATH, MOST_CHOICES } from '../core/limits.ts';
import { isRecord, type Loose } from '../core/loose.ts';

/** Characters of the id of a take; our own have fewer. */
const LONGEST_TAKE_ID = 100;

const isWhole = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

function readTake(raw: unknown): Pick<InnerChoice, 'take'> {
  if (!isRecord(raw)) return {};
  const { slot, number, id, seed } = raw;
  if (typeof slot !== 'string' || !isWhole(number)) return {};
  return {
    take: {
      slot: slot.slice(0, LONGEST_ID),
      number,
      ...(typeof id === 'string' ? { id: id.slice(0, LONGEST_TAKE_ID) as TakeId } : {}),
      ...(isWhole(seed) ? { seed } : {}),
    },
  };
}

export function readChoice(raw: Loose): InnerChoice {
  const { take, frozen } = raw;
  return {
    ...readTake(take),
    ...(typeof frozen === 'string' && /^[0-9a-f]{32}$/.test(frozen) ? { frozen: frozen as CacheKey } : {}),
  };
}

/** Paths that lead nowhere are kept: the component may come back. */
export function readInner(raw: unknown): Pick<GraphNode, 'inner'> {
  if (!isRecord(raw)) return {};
  const choices = Object.entries(raw)
    .slice(0, MOST_CHOICES)
    .flatMap(([path, value]): [string, InnerChoice][] => {
      const choice = isRecord(value) && path.length <= LONGEST_PATH ? readChoice(value) : {};
      const isNamed = path.split('/').every((step) => step !== '' && !(step in Object.prototype));
      return Object.keys(choice).length && isNamed ? [[path, choice]] : [];
    });
  return choices.length ? { inner: Object.fromEntries(choices) } : {};
}
