/** What models there are, for every screen: those of the catalog file, and those of one's own beside them. */
import type { Catalog } from '../routing/catalog.ts';
import { withOwnModels, type OwnModel } from '../routing/own-model.ts';
import type { DeskStore } from '../state/desk.ts';

export function noteCatalog(desk: DeskStore, catalog: Catalog): void {
  desk.setState(({ ownModels }) => ({ catalog: withOwnModels(catalog, ownModels) }));
}

export function noteOwnModels(desk: DeskStore, ownModels: readonly OwnModel[]): void {
  desk.setState(({ catalog }) => ({ ownModels, catalog: withOwnModels(catalog, ownModels) }));
}
