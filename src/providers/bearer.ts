/** The key as most services want to see it. */
import type { Access, Call } from './adapter.ts';

export const bearerOf = ({ key }: Pick<Access, 'key'>): NonNullable<Call['headers']> =>
  key === undefined ? {} : { authorization: `Bearer ${key}` };
