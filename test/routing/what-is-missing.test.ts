/** What is told of a node that nobody can be asked for. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HOUSE } from '../../src/routing/house.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { resolve } from '../../src/routing/resolve.ts';
import { whatIsMissing } from '../../src/routing/what-is-missing.ts';
import { takeRequest } from '../rig/requests.ts';

const parsed = parseCatalog(readFileSync('public/catalog.json', 'utf8'));
if (!parsed.ok) throw new Error('no catalog');
const { catalog } = parsed.value;

test('past a pin it is what the pinned model lacks, though others of the row lack less', () => {
  const retired = catalog.models.find(({ status, offers }) => status === 'retired' && offers.length > 0)!;
  const pinned = { provider: retired.offers[0]!.provider, model: retired.id };
  const request = takeRequest({ tier: 'cinematic', pinned });
  const missing = whatIsMissing(resolve(request, 'delivery', HOUSE, { catalog, book: NO_OVERRIDES, ready: [] }));
  expect(missing).toMatchObject({ kind: 'match', candidate: pinned });
});
