/** The JSON Schema of a lesson file, for whoever writes one elsewhere. What can be passed at all only the reader knows. */
import { FACTS } from './facts.ts';
import { SIGHTS } from './lesson.ts';
import { EVERYTHING_ELSE } from './read-expectations.ts';

const name = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,39}$' };
const text = {
  description: 'In one language, or in several by their tags.',
  oneOf: [
    { type: 'string', minLength: 1 },
    { type: 'object', additionalProperties: { type: 'string', minLength: 1 }, minProperties: 1 },
  ],
};
const closed = (properties: Readonly<Record<string, object>>, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const ref = (definition: string) => ({ $ref: `#/$defs/${definition}` });

const factSchemas = Object.fromEntries(
  Object.entries(FACTS).map(([fact, { schema, sees }]) => [fact, { ...schema, description: `In ${sees.join(', ')}.` }]),
);
/** As a lesson may write them, in short. */
const shortSchemas = {
  same: { type: 'array', items: { type: 'string' }, description: `Traits, or “${EVERYTHING_ELSE}”.` },
  tried: { type: 'array', items: name, description: 'Questions whose every answer is to be run.' },
};

export const LESSON_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Triptych lesson, format 1',
  ...closed(
    {
      $schema: { type: 'string' },
      format: { const: 'triptych-lesson' },
      formatVersion: { const: 1 },
      id: name,
      version: { type: 'integer', minimum: 1 },
      title: text,
      summary: text,
      explains: text,
      minutes: { type: 'integer', minimum: 1, maximum: 240 },
      author: { type: 'string' },
      licence: { type: 'string' },
      start: ref('start'),
      steps: { type: 'array', items: ref('step'), minItems: 1, maxItems: 20 },
    },
    ['format', 'formatVersion', 'id', 'version', 'title', 'summary', 'explains', 'minutes', 'start', 'steps'],
  ),
  $defs: {
    start: {
      oneOf: [closed({ template: name }, ['template']), closed({ graph: { type: 'object' } }, ['graph'])],
    },
    step: closed(
      {
        id: name,
        title: text,
        text,
        picture: closed({ source: { type: 'string', pattern: '^data:image/(png|webp|jpeg);base64,' }, alt: text }, [
          'source',
          'alt',
        ]),
        start: ref('start'),
        asks: { type: 'array', items: ref('ask'), maxItems: 8 },
        checks: { type: 'array', items: ref('check'), maxItems: 8 },
        show: text,
        notice: text,
        task: { type: 'boolean' },
      },
      ['id', 'title', 'text'],
    ),
    ask: closed(
      {
        id: name,
        text,
        options: {
          type: 'array',
          items: closed(
            { id: name, text, change: { type: 'object', additionalProperties: { type: 'object' }, minProperties: 1 } },
            ['id', 'text'],
          ),
          minItems: 2,
          maxItems: 8,
        },
        number: closed({ least: { type: 'number' }, most: { type: 'number' }, unit: { type: 'string' } }, [
          'least',
          'most',
        ]),
      },
      ['id', 'text'],
    ),
    check: closed(
      {
        id: name,
        title: text,
        see: { enum: SIGHTS },
        expect: {
          type: 'object',
          properties: { ...factSchemas, ...shortSchemas },
          additionalProperties: false,
          minProperties: 1,
        },
        otherwise: text,
        hint: text,
      },
      ['id', 'title', 'see', 'expect', 'otherwise'],
    ),
  },
};
