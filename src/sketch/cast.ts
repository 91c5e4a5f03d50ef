/** Who and what is in the picture, of all that a prompt names: how people are framed, and which word is only a place. */
import type { PromptReading, ReadSubject } from './scene-reading.ts';
import type { Relation } from './lexicon-grammar.ts';
import { SHAPES, type Subject } from './shapes.ts';

/** Kinds of subject that are placed; what is named after them is not drawn. */
export const MOST_KINDS = 4;

export interface Cast extends Omit<ReadSubject, 'relation'> {
  readonly relation?: { readonly is: Relation; readonly to: Cast };
}

/** The first is the main one. */
export function castOf(asked: PromptReading, banned: ReadonlySet<string>): readonly Cast[] {
  const isBanned = ({ shape, person }: ReadSubject) =>
    banned.has(shape) || (banned.has('people') && person !== undefined);
  const isOnlyThePlace = (subject: ReadSubject) =>
    subject.shape === 'table' &&
    asked.subjects.some(
      ({ relation, shape }) =>
        relation?.is === 'on' && asked.subjects[relation.to] === subject && SHAPES[shape].habitat === 'table',
    );
  const kept = asked.subjects.filter((subject) => !isBanned(subject) && !isOnlyThePlace(subject));
  const cast = kept.map((subject): Cast => {
    const { relation, ...rest } = subject;
    const seat = relation?.is === 'on' ? SHAPES[asked.subjects[relation.to]!.shape].seat : undefined;
    // On what has a seat, people sit.
    const person = rest.person && seat !== undefined ? { person: { pose: 'sitting' as const, ...rest.person } } : {};
    return { ...rest, ...person, shape: framed(subject, asked) };
  });
  return cast.map((one, k) => {
    const relation = kept[k]!.relation;
    const to = relation && cast[kept.indexOf(asked.subjects[relation.to]!)];
    return relation && to ? Object.assign(one, { relation: { is: relation.is, to } }) : one;
  });
}

/** A person whose face matters, and who does nothing that needs the legs, is drawn as a portrait. */
function framed({ shape, person, count, relation }: ReadSubject, asked: PromptReading): Subject {
  if (shape !== 'figure' || !person || count > 1 || relation) return shape;
  const others = asked.subjects.filter((subject) => subject.shape !== 'figure' || subject.count > 1).length;
  const isNear = asked.lenses.includes('macro') || asked.lenses.includes('portrait');
  const hasFace =
    person.beard ??
    person.glasses ??
    person.hairColour ??
    person.mouth ??
    (person.hair && person.age !== 'old' ? person.hair : undefined) ??
    (person.age === 'old' ? 'old' : undefined);
  const isStill = person.pose === undefined || person.pose === 'standing';
  const isFar =
    asked.lenses.includes('wide') ||
    asked.lenses.includes('aerial') ||
    asked.places.some((place) => place !== 'studio' && place !== 'wall');
  return isNear || (hasFace && isStill && !isFar && others === 0) ? 'portrait' : shape;
}
