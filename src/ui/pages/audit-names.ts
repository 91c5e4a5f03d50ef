/** What the rows of the audit are called: nobody reads the ids that takes are written down with. */
import { useCallback } from 'react';
import { onDate } from '../../core/figures.ts';
import type { GraphId } from '../../core/ids.ts';
import type { Dimension } from '../../ledger/audit.ts';
import { inFigures, t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { serviceInWords } from '../market.ts';

/** A graph by its title, which is nobody's word to translate, a month as the reader writes it. */
export function useRowNames(dimension: Dimension, titleOf: (graph: GraphId) => string): (key: string) => string {
  const { desk } = useApp();
  const catalog = useFact(desk, (state) => state.catalog);
  const providers = useFact(desk, (state) => state.providers);
  const tables = useFact(desk, (state) => state.tables);
  return useCallback(
    (key) => {
      switch (dimension) {
        case 'graph':
          return titleOf(key as GraphId);
        case 'month':
          return inFigures(onDate(key));
        case 'model':
          return t(catalog.models.find(({ id }) => id === key)?.name ?? key);
        case 'provider':
          return serviceInWords(providers, key);
        case 'table': {
          const id = key.slice(0, key.lastIndexOf(' '));
          const name = tables.find((table) => table.id === id)?.name ?? id;
          return `${name}${key.slice(id.length)}`;
        }
        case 'tier':
        case 'kind':
          return t(key);
        default:
          return dimension satisfies never;
      }
    },
    [dimension, titleOf, catalog, providers, tables],
  );
}
