/** What a prompt says of its people, word by word, and what follows from it at the end of a clause and of the prompt. */
import type { ReadWord } from '../core/word-kinds.ts';
import { FILLERS } from './lexicon-grammar.ts';
import type { PersonLook } from './person.ts';
import type { Open, ReadState } from './read-state.ts';
import type { ReadSubject } from './scene-reading.ts';

export function describe(state: ReadState, person: Open<ReadSubject>, look: PersonLook, noted: Open<ReadWord>): void {
  noted.kind = 'person';
  const hair = hairOf(state, look, noted.text);
  person.person = { ...person.person, ...look, ...hair };
  state.waiting = { look: {}, traits: [] };
}
/** "A white beard", "green hair": the colour before belongs to it. */
export function hairOf(state: ReadState, look: PersonLook, text: string): PersonLook {
  const { colour } = state.waiting;
  if (!colour || !(look.beard || look.hair || /hair|haar/i.test(text))) return {};
  state.settings.colours = state.settings.colours.filter((one) => one !== colour);
  delete state.waiting.colour;
  return { hairColour: colour };
}
export function dressUp(state: ReadState, person: Open<ReadSubject>, look: PersonLook, noted: Open<ReadWord>): void {
  noted.kind = 'person';
  const { colour } = state.waiting;
  const isHat = look.hat !== undefined || look.scarf !== undefined;
  person.person = { ...person.person, ...look, ...(colour && isHat ? { hatColour: colour } : {}) };
  if (colour) {
    if (!isHat) person.colour = colour;
    state.settings.colours = state.settings.colours.filter((one) => one !== colour);
  }
  state.waiting = { look: {}, traits: [] };
}

/** What was said of nobody. Words that also set a mood were read all the same. */
export function unreadTraits(state: ReadState): void {
  for (const word of state.waiting.traits)
    if (word.kind === 'person')
      word.kind = FILLERS.has(word.text.toLowerCase()) || word.text === 'little' ? 'detail' : 'unread';
}
export function settleTraits(state: ReadState): void {
  const { waiting, subjects } = state;
  const person = subjects.findLast((subject) => subject.person);
  if (person && waiting.traits.length > 0) {
    person.person = { ...person.person, ...waiting.look };
    for (const word of waiting.traits) word.kind = 'person';
  } else unreadTraits(state);
}
/** "Portrait of a woman" is one subject, and that of a dog is a dog from near. */
export function settleFaces({ isFace, subjects, settings }: ReadState): void {
  if (!isFace) return;
  const person = subjects.find((subject) => subject.person);
  if (person) person.shape = 'portrait';
  else if (subjects.length === 0) subjects.push({ shape: 'portrait', count: 1, label: '', person: {} });
  else if (settings.lenses.length === 0) settings.lenses.push('portrait');
}
/** "OPEN in neon": the letters are of neon, the picture is not. */
export function settleNeon(state: ReadState): void {
  if (state.letters !== undefined && state.settings.styles[0] === 'neon') {
    state.settings.styles.shift();
    state.settings.extras.push('neon letters');
  }
}
