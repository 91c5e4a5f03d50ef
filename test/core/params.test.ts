import Ajv from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parseParams, p, toJsonSchema, type Params } from '../../src/core/params.ts';
import { registry } from '../../src/registry.ts';
import { inWords } from '../../src/core/say.ts';

const specs = {
  size: p.int({ label: 'Size', default: 4, min: 1, max: 9 }),
  fit: p.choice({ label: 'Fit', options: ['cover', 'contain'], default: 'cover' }),
  seed: p.seed({ label: 'Seed' }),
  tone: p.curve({ label: 'Tone' }),
  stops: p.list({
    label: 'Stops',
    add: 'Add a stop',
    fields: {
      after: p.int({ label: 'After', default: 1, min: 1, max: 9 }),
      how: p.choice({ label: 'How', options: ['soon', 'late'], default: 'soon' }),
    },
  }),
};

test('missing values become defaults, unknown names are dropped', () => {
  expect(parseParams(specs, { size: 7, colour: 'red' })).toEqual({
    values: { size: 7, fit: 'cover', seed: { mode: 'fixed', value: 1 }, tone: specs.tone.default, stops: [] },
    problems: [],
  });
});

test.each([
  [{ size: 12 }, 'Size must be between 1 and 9, not 12.'],
  [{ size: 1.5 }, 'Size must be a whole number, not 1.5.'],
  [{ size: '4' }, 'Size must be a number, not "4".'],
  [{ size: null }, 'Size must be a number, not null.'],
  [{ fit: 'stretch' }, 'Fit must be one of cover, contain, not "stretch".'],
  [{ seed: { mode: 'fixed', value: -1 } }, /Seed must hold a mode/],
  [{ tone: [[0, 0]] }, /Tone must be two to 64 points/],
  [{ stops: 'soon' }, 'Stops must be at most 200 rows.'],
  [{ stops: [3] }, 'Stops must be at most 200 rows.'],
  [{ stops: Array.from({ length: 201 }, () => ({})) }, 'Stops must be at most 200 rows.'],
  [{ stops: [{ after: 2 }, { after: 0 }] }, 'Stops is wrong in row 2: After must be between 1 and 9, not 0.'],
  [{ tone: Array.from({ length: 65 }, (_, at) => [at / 64, 0]) }, /Tone must be two to 64 points/],
])('%j is refused in a sentence and falls back to the default', (raw, sentence) => {
  const { values, problems } = parseParams(specs, raw);
  expect(problems).toHaveLength(1);
  expect(inWords(problems[0]!.message)).toMatch(sentence);
  expect(values).toMatchObject({ size: 4, fit: 'cover' });
});

test('what is missing in a row becomes its default, what is unknown is dropped', () => {
  expect(parseParams(specs, { stops: [{ after: 3, colour: 'red' }, { how: 'late' }] })).toMatchObject({
    values: {
      stops: [
        { after: 3, how: 'soon' },
        { after: 1, how: 'late' },
      ],
    },
    problems: [],
  });
});

test('the JSON Schema of every node is valid and accepts its defaults', () => {
  const ajv = new Ajv({ strict: false });
  for (const definition of registry.values()) {
    const validate = ajv.compile(toJsonSchema(definition.params));
    const defaults = parseParams(definition.params as Params, {}).values;
    expect(validate(JSON.parse(JSON.stringify(defaults))), `${definition.id}: ${ajv.errorsText(validate.errors)}`).toBe(
      true,
    );
  }
});
