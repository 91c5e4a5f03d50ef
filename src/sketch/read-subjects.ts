/** What a prompt names: how many of it, of which colour and stuff, how things stand to each other. */
import { MOST } from './lexicon-grammar.ts';
import { unreadTraits } from './read-people.ts';
import { note, type ReadState } from './read-state.ts';
import type { ReadSubject } from './scene-reading.ts';
import { SHAPES, type Subject } from './shapes.ts';
import type { Word } from './words.ts';

/** Things without a drawing that get a card; what is more is only listed. */
const MOST_CARDS = 2;
/** How many are meant where a plural says no number. */
const SEVERAL = 3;
/** What something can stand in. */
const CONTAINERS: ReadonlySet<Subject> = new Set<Subject>([
  'vase',
  'basket',
  'bowl',
  'cup',
  'bucket',
  'barrel',
  'rowboat',
  'jar',
  'glass',
]);
/** Larger things that a person carries all the same. */
const CARRIED: ReadonlySet<Subject> = new Set<Subject>([
  'umbrella',
  'suitcase',
  'backpack',
  'flag',
  'lantern',
  'guitar',
  'flower',
  'rose',
  'tulip',
  'sunflower',
  'balloon',
  'rabbit',
  'owl',
  'parrot',
  'songbird',
  'mouse',
]);

/**
 * Adds what is drawn, with the colour, stuff and look that waited for it. What is there already takes them over; how it
 * stands to what was named before is what the words say, or what goes without saying.
 */
export function addSubject(
  state: ReadState,
  subject: Pick<ReadSubject, 'shape' | 'label' | 'person'>,
  isPlural: boolean,
  number: number | undefined,
): void {
  const { waiting, subjects, settings } = state;
  const { colour, material, look, traits } = waiting;
  const person = subject.person && { ...subject.person, ...look };
  if (person) for (const word of traits) word.kind = 'person';
  const own = { ...(colour ? { colour } : {}), ...(material ? { material } : {}) };
  const same = subjects.find(
    ({ shape, label }) =>
      shape === subject.shape && shape !== 'figure' && (shape !== 'card' || label === subject.label),
  );
  if (same) Object.assign(same, own);
  else {
    subjects.push({
      ...subject,
      count:
        number !== undefined && number > 1
          ? Math.min(MOST, number)
          : state.count > 1 || (state.count === 1 && !isPlural)
            ? state.count
            : isPlural
              ? SEVERAL
              : 1,
      ...(person ? { person } : {}),
      ...own,
    });
    const relation = state.relation ?? impliedRelation(state, subject.shape);
    if (relation) subjects[relation.from]!.relation ??= { is: relation.is, to: subjects.length - 1 };
  }
  // A colour or stuff that belongs to one thing is not the picture's own.
  settings.colours = settings.colours.filter((one) => one !== colour);
  settings.materials = settings.materials.filter((one) => one !== material);
  if (!person) unreadTraits(state);
  state.waiting = { look: {}, traits: [] };
  state.relation = undefined;
}

/** "A rose in a vase", "a woman with an umbrella", "a man with a dog". */
function impliedRelation({ subjects, isWearing, inside }: ReadState, shape: Subject): ReadState['relation'] {
  const from = subjects.length - 2;
  if (from < 0) return undefined;
  if (inside && CONTAINERS.has(shape)) return { is: 'in', from };
  if (!isWearing || inside || !subjects[from]!.person) return undefined;
  return { is: SHAPES[shape].habitat === 'table' || CARRIED.has(shape) ? 'holding' : 'beside', from };
}

/** Where an unknown noun stands alone it is a subject: there is a card for it. */
export function addCard(state: ReadState, run: readonly Word[]): void {
  const label = phraseText(run);
  if (state.subjects.filter(({ shape }) => shape === 'card').length >= MOST_CARDS) {
    for (const word of run) note(state, word, 'unread');
    return;
  }
  note(state, { ...run[0]!, to: run.at(-1)!.to, text: label }, 'card');
  addSubject(state, { shape: 'card', label }, false, undefined);
  Object.assign(state, { afterNoun: true, isOpen: false, count: 0 });
}

/** The words of a phrase, as they were written. */
export const phraseText = (words: readonly Word[]): string => [...new Set(words.map(({ text }) => text))].join(' ');
