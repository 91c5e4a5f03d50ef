/** What plans and runs of one compiled graph tell each other. */
import type { CacheKey } from '../core/ids.ts';
import type { Outputs } from '../core/values.ts';
import type { NodeEvent } from './events.ts';
import type { KeyParts } from './key.ts';

/** A step with its inputs. */
export interface Named {
  readonly key: CacheKey;
  readonly parts: KeyParts;
}
type Finished = Extract<NodeEvent, { type: 'finished' }>;
interface Wired {
  readonly needs: readonly number[];
}
type Given = readonly (Outputs | undefined)[];

export class Memory {
  readonly #steps: readonly Wired[];
  readonly #dependents: readonly (readonly number[])[];
  /** By step: its name, as long as the steps before it give what they gave. */
  readonly #names: (Named | undefined)[];
  /** By step: the outputs its dependents' names were made of. */
  readonly #gave: (Outputs | undefined)[];
  /**
   * By step: what a run said when it found its result. Whatever it needs was found too, with the outputs it was given.
   */
  readonly #found: (Finished | undefined)[];
  /** By step: 1 where that may be said again unasked. */
  readonly #sure: Uint8Array;
  /** Of the results in which all that was found. */
  #edition: number | undefined;

  constructor(steps: readonly Wired[], dependents: readonly (readonly number[])[], before?: Memory) {
    this.#steps = steps;
    this.#dependents = dependents;
    this.#names = before ? before.#names.slice() : Array.from({ length: steps.length });
    this.#gave = before ? before.#gave.slice() : Array.from({ length: steps.length });
    this.#found = before ? before.#found.slice() : Array.from({ length: steps.length });
    this.#sure = before ? before.#sure.slice() : new Uint8Array(steps.length);
    this.#edition = before ? before.#edition : undefined;
  }

  /** The same memory for a graph in which these steps have other params. */
  without(changed: readonly number[], steps: readonly Wired[]): Memory {
    const after = new Memory(steps, this.#dependents, this);
    for (const at of changed) {
      after.#names[at] = undefined;
      after.lose(at);
    }
    return after;
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

  /**
   * A run begins. What was found in results of another edition may be gone; without an edition nothing is ever sure.
   */
  begin(edition: number | undefined): void {
    if (edition !== undefined && edition === this.#edition) return;
    this.#found.fill(undefined);
    this.#sure.fill(0);
    this.#edition = edition;
  }

  /** What was said of a step and still holds, given that this was asked of all steps before it. */
  again(at: number): Finished | undefined {
    return this.#sure[at] === 1 ? this.#found[at] : undefined;
  }

  /** A run found a step's result. `sure`: nothing but its inputs and the results decides about it. */
  found(at: number, said: Finished, outputs: Given, sure: boolean): void {
    if (this.#found[at]?.outputs !== said.outputs) this.lose(at);
    for (const need of this.#steps[at]!.needs) if (this.#found[need]?.outputs !== outputs[need]) return this.lose(at);
    this.#found[at] = said;
    this.#sure[at] = sure ? 1 : 0;
  }

  /** A step's result is another one or gone: nothing that needs it is sure. */
  lose(at: number): void {
    const lost = [at];
    for (const step of lost) {
      if (!this.#found[step]) continue;
      this.#found[step] = undefined;
      this.#sure[step] = 0;
      for (const dependent of this.#dependents[step]!) lost.push(dependent);
    }
  }
}
