import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { NodeError, toFailure } from '../../src/core/errors.ts';

const full = () => new DOMException('', 'QuotaExceededError');

test('a full disk is told as one, whatever it hides behind', () => {
  const disguises: readonly unknown[] = [
    full(),
    new Dexie.AbortError(full()),
    new Dexie.BulkError('tables.bulkPut(): 1 of 1 operations failed', { 0: full() }),
    Object.assign(new Error('Not written.'), { cause: new Dexie.AbortError(full()) }),
    // As it arrives from another thread: name and message only.
    Object.assign(new Error('QuotaExceededError '), { name: 'AbortError' }),
    new DOMException('Encountered full disk while opening backing store.', 'UnknownError'),
  ];
  expect(disguises.map((thrown) => toFailure(thrown).code)).toEqual(disguises.map(() => 'storage-full'));
});

test('only what was cancelled is called cancelled', () => {
  expect(toFailure(new DOMException('signal is aborted without reason', 'AbortError')).code).toBe('cancelled');
  // A disk that is full to the last byte says no more than that.
  expect(toFailure(new Dexie.AbortError('Transaction aborted')).code).toBe('storage-refused');
  expect(toFailure(new NodeError('bad-input', 'A quota of pixels is exceeded.')).code).toBe('bad-input');
});

test('the quota of a service is not the room on the disk', () => {
  for (const message of [
    'You exceeded your current quota, please check your plan and billing details.',
    "Quota exceeded for quota metric 'Generate requests' and limit 'per minute'.",
  ])
    expect(toFailure(new Error(message))).toMatchObject({ code: 'rejected', message });
  for (const message of [
    'Quota exceeded.',
    'The quota has been exceeded.',
    'The current transaction exceeded its quota limitations.',
  ])
    expect(toFailure(new Error(message)).code).toBe('storage-full');
});
