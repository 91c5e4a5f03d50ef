/** What an address calls a row of a routing table. */
import type { Row } from '../routing/routing-table.ts';

export const rowPlace = ({ work, tier }: Pick<Row, 'work' | 'tier'>): string => `${work}.${tier}`.replaceAll(' ', '-');
