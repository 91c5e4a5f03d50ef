/** What opening a file changed or left out, in sentences. */
import { say, type Sentence } from '../core/say.ts';

export interface ImportReport {
  readonly migrated: readonly Sentence[];
  readonly missing: readonly Sentence[];
  readonly dropped: readonly Sentence[];
}

/** Of one kind; the rest is counted. */
const MOST_LINES = 200;
/** Characters of a name from the file in a sentence. */
const LONGEST_NAME = 60;

/** A report while it is written. */
export class Report {
  readonly #kinds = { migrated: [] as Sentence[], missing: [] as Sentence[], dropped: [] as Sentence[] };
  readonly #more = { migrated: 0, missing: 0, dropped: 0 };

  add(kind: keyof ImportReport, line: Sentence): void {
    if (this.#kinds[kind].length < MOST_LINES) this.#kinds[kind].push(line);
    else this.#more[kind]++;
  }

  done(): ImportReport {
    const lines = (kind: keyof ImportReport) =>
      this.#more[kind]
        ? [...this.#kinds[kind], say('And {0} more of this kind.', this.#more[kind])]
        : this.#kinds[kind];
    return { migrated: lines('migrated'), missing: lines('missing'), dropped: lines('dropped') };
  }
}

/** A name from a file, short enough to be read in a sentence. */
export const shortName = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
