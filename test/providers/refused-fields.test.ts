/** A request that a service refuses because of a field: the sentence names it, wherever the service does. */
import { describe, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { ADAPTERS } from '../../src/providers/adapters.ts';

/** As each vendor writes it. */
const ANSWERS: Readonly<Record<string, { status: number; body: unknown; fields: string; words: string }>> = {
  fal: {
    status: 422,
    body: {
      detail: [
        { loc: ['body', 'image_urls', 0], msg: 'URL scheme not permitted', type: 'url_scheme' },
        { loc: ['body', 'prompt'], msg: 'Field required', type: 'missing' },
      ],
    },
    fields: 'these fields: image_urls.0, prompt.',
    words: 'image_urls.0: URL scheme not permitted; prompt: Field required',
  },
  replicate: {
    status: 422,
    body: {
      detail: '- input.width: Must be less than or equal to 1440\n',
      status: 422,
      title: 'Input validation failed',
      invalid_fields: [{ type: 'number_lte', field: 'input.width', description: 'Must be less than or equal to 1440' }],
    },
    fields: 'this field: input.width.',
    words: 'input.width: Must be less than or equal to 1440',
  },
  runway: {
    status: 400,
    body: {
      error: 'Validation of body failed',
      issues: [{ code: 'too_big', maximum: 1000, path: ['promptText'], message: 'Too big' }],
    },
    fields: 'this field: promptText.',
    words: 'promptText: Too big',
  },
  openai: {
    status: 400,
    body: { error: { message: 'Invalid size.', type: 'invalid_request_error', param: 'size', code: 'invalid_value' } },
    fields: 'this field: size.',
    words: 'size: Invalid size.',
  },
  'openai-compatible': {
    status: 400,
    body: { error: { message: 'No such sampler.', type: 'invalid_request_error', param: 'sampler', code: null } },
    fields: 'this field: sampler.',
    words: 'sampler: No such sampler.',
  },
  google: {
    status: 400,
    body: {
      error: {
        code: 400,
        message: 'Invalid value',
        status: 'INVALID_ARGUMENT',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            fieldViolations: [{ field: 'generation_config.image_size', description: 'Invalid value "8K"' }],
          },
        ],
      },
    },
    fields: 'this field: generation_config.image_size.',
    words: 'generation_config.image_size: Invalid value "8K"',
  },
  byteplus: {
    status: 400,
    body: { error: { code: 'InvalidParameter', message: 'The size is invalid.', param: 'size', type: 'BadRequest' } },
    fields: 'this field: size.',
    words: 'size: The size is invalid.',
  },
  bfl: {
    status: 422,
    body: { detail: [{ loc: ['body', 'width'], msg: 'ensure this value is a multiple of 16', type: 'value_error' }] },
    fields: 'this field: width.',
    words: 'width: ensure this value is a multiple of 16',
  },
  luma: {
    status: 422,
    body: { detail: [{ loc: ['body', 'aspect_ratio'], msg: 'Input should be 1:1', type: 'literal_error' }] },
    fields: 'this field: aspect_ratio.',
    words: 'aspect_ratio: Input should be 1:1',
  },
  'a1111-local': {
    status: 422,
    body: { detail: [{ loc: ['body', 'width'], msg: 'value is not a valid integer', type: 'type_error.integer' }] },
    fields: 'this field: width.',
    words: 'width: value is not a valid integer',
  },
};

const adapterOf = (id: string) => ADAPTERS.find((adapter) => adapter.id === id)!;
const refusedBy = (id: string, status: number, body: unknown) =>
  adapterOf(id).classify({ status, headers: new Headers(), json: body, text: JSON.stringify(body) });

describe('the field that was refused is named by', () => {
  for (const [id, { status, body, fields, words }] of Object.entries(ANSWERS))
    test(id, () => {
      const { kind, said, facts } = refusedBy(id, status, body);
      expect(kind).toBe('invalid');
      const { name } = adapterOf(id);
      expect(inWords(said)).toBe(`${name} does not take this request because of ${fields}`);
      expect(inWords(facts.hint ?? '')).toBe(`In the words of ${name}: “${words}”`);
    });
});

test('a list in another shape than expected is passed over', () => {
  for (const detail of [
    [],
    [7, null, 'no'],
    [{}],
    [{ loc: 'width' }],
    [{ loc: ['body'], msg: '' }],
    { loc: ['body'] },
  ]) {
    const { kind, said, facts } = refusedBy('fal', 422, { detail });
    expect([kind, inWords(said), facts.hint]).toEqual(['invalid', 'fal does not take this request.', undefined]);
  }
});

test('what is said of the whole request names no field, and a long list not all of them', () => {
  const whole = refusedBy('replicate', 422, { invalid_fields: [{ field: '', description: 'version is required' }] });
  expect(inWords(whole.said)).toBe('Replicate does not take this request.');
  expect(inWords(whole.facts.hint!)).toBe('In the words of Replicate: “version is required”');
  const many = Array.from({ length: 40 }, (_, at) => ({ loc: ['body', `field_${at}`], msg: 'wrong' }));
  expect(inWords(refusedBy('fal', 422, { detail: many }).said)).toMatch(
    /: field_0, field_1, field_2, field_3, field_4\.$/,
  );
});

test('content rules stay content rules, whatever field they were broken in', () => {
  const detail = [{ loc: ['body', 'prompt'], msg: 'Flagged', type: 'content_policy_violation' }];
  const { kind, said } = refusedBy('fal', 422, { detail });
  expect([kind, inWords(said)]).toEqual(['refused', 'fal will not make this: it is against its rules for content.']);
});
