/** Words of the trade that say what they mean, in a sentence each, to whoever rests on them by pointer or key. */
import { tip, tipToStopAt, type TipProps } from './widgets/tip.ts';
import { t, w } from '../words/t.ts';

const MEANINGS = {
  tier: w('What a take is for, in place of the name of a model: the routing table says who makes it.'),
  row: w(
    'One line of the routing table: for one kind of work and one tier, the models that are asked, in their order.',
  ),
  cap: w('Most takes of one deliverable. Once they are used up nothing more is asked for by itself.'),
  fallbacks: w('How many other models may be asked when one fails.'),
  next: w('After so many takes without an accepted one, the next model of the row is asked.'),
  escalate: w('Asks for the same in another tier, which as a rule is better and costs more.'),
  keep: w('Closes these reasons. The take stays as it is, without a verdict.'),
} as const;
type Explained = keyof typeof MEANINGS;

/** For a word that is no control, of the class `explained`: Tab stops at it. */
export const explainedWord = (word: Explained): ReturnType<typeof tipToStopAt> => tipToStopAt(t(MEANINGS[word]));
/** For a control that is called so. */
export const explainedControl = (word: Explained): TipProps => tip(t(MEANINGS[word]));
