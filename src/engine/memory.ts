/** What plans and runs of one compiled graph tell each other: the key of each step, for as long as the steps before it give what they gave. */
import type { CacheKey } from '../core/ids.ts';
import type { Outputs } from '../core/values.ts';
import type { NodeEvent } from './events.ts';
import type { KeyParts } from './key.ts';

/** A step with its inputs. */
export interface Named {
  readonly key: CacheKey;
  readonly parts: KeyParts;
  /** Said when its result was found, and again for as long as that result is there. */
  found?: Extract<NodeEvent, { type: 'finished' }>;
}
interface Wired {
  readonly needs: readonly number[];
}
type Given = readonly (Outputs | undefined)[];

export class Memory {
  readonly #steps: readonly Wired[];
  readonly #dependents: readonly (readonly number[])[];
  /** By step: the outputs its dependents' names were made of. */
  readonly #gave: (Outputs | undefined)[];
  readonly #names: (Named | undefined)[];

  constructor(steps: readonly Wired[], dependents: readonly (readonly number[])[], before?: Memory) {
    this.#steps = steps;
    this.#dependents = dependents;
    this.#gave = before ? before.#gave.slice() : Array.from({ length: steps.length });
    this.#names = before ? before.#names.slice() : Array.from({ length: steps.length });
  }

  /** The step's name, if it is given the same outputs again. `outputs`: by step. */
  recall(at: number, outputs: Given): Named | undefined {
    const named = this.#names[at];
    if (!named) return undefined;
    for (const need of this.#steps[at]!.needs) if (this.#gave[need] !== outputs[need]) return undefined;
    return named;
  }

  remember(at: number, outputs: Given, named: Named): Named {
    for (const need of this.#steps[at]!.needs) {
      if (this.#gave[need] === outputs[need]) continue;
      this.#gave[need] = outputs[need];
      for (const dependent of this.#dependents[need]!) this.#names[dependent] = undefined;
    }
    this.#names[at] = named;
    return named;
  }

  /** The same memory for a graph in which these steps have other params. */
  without(changed: readonly number[], steps: readonly Wired[]): Memory {
    const after = new Memory(steps, this.#dependents, this);
    for (const at of changed) after.#names[at] = undefined;
    return after;
  }
}
