/** Everything that a lesson can expect. The list is closed: a lesson that asks for anything else is refused. */
import type { Fact } from './fact.ts';
import { ANSWER_FACTS } from './facts-of-answers.ts';
import { COST_FACTS } from './facts-of-costs.ts';
import { FILM_FACTS } from './facts-of-films.ts';
import { GROUP_FACTS } from './facts-of-groups.ts';
import { LINEAGE_FACTS } from './facts-of-lineage.ts';
import { LOOK_FACTS } from './facts-of-looks.ts';

export const FACTS: Readonly<Record<string, Fact>> = {
  ...GROUP_FACTS,
  ...LOOK_FACTS,
  ...LINEAGE_FACTS,
  ...FILM_FACTS,
  ...ANSWER_FACTS,
  ...COST_FACTS,
};
