/** Deep links: `#/` gallery, `#/t/<template>` opens a template, `#/s/…` a graph that travels in the link, `#/g/<graph>` a graph, and of it `/review` its takes, `/form`, `/batch`, `/versions`; `#/routing`, `#/catalog`, `#/audit`, `#/settings`, `#/comfyui` a workflow to look at. */
import { useSyncExternalStore } from 'react';
import type { GraphId } from '../core/ids.ts';

const PAGES = ['routing', 'catalog', 'audit', 'settings', 'comfyui'] as const;
/** Other sides of an open graph. */
const SIDES = ['review', 'form', 'batch', 'versions'] as const;
type Page = (typeof PAGES)[number];
export type Place =
  | { readonly screen: 'gallery' }
  | { readonly screen: Page }
  | { readonly screen: 'template'; readonly id: string }
  | { readonly screen: 'shared'; readonly id: string }
  | { readonly screen: 'graph' | (typeof SIDES)[number]; readonly id: GraphId };

export function linkTo(place: Place): string {
  switch (place.screen) {
    case 'gallery':
      return '#/';
    case 'template':
      return `#/t/${place.id}`;
    case 'shared':
      return `#/s/${place.id}`;
    case 'graph':
      return `#/g/${place.id}`;
    case 'review':
    case 'form':
    case 'batch':
    case 'versions':
      return `#/g/${place.id}/${place.screen}`;
    default:
      return `#/${place.screen}`;
  }
}
export const goTo = (place: Place, replace = false): void =>
  replace ? location.replace(linkTo(place)) : void (location.hash = linkTo(place));

function placeAt(hash: string): Place {
  const page = PAGES.find((name) => hash === `#/${name}`);
  if (page) return { screen: page };
  const [, kind, id, side] = hash.match(/^#\/([tgs])\/([\w-]+)(?:\/(\w+))?/) ?? [];
  if (!id) return { screen: 'gallery' };
  if (kind === 't') return { screen: 'template', id };
  if (kind === 's') return { screen: 'shared', id };
  return { screen: SIDES.find((name) => name === side) ?? 'graph', id: id as GraphId };
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed);
      return () => window.removeEventListener('hashchange', changed);
    },
    () => location.hash,
  );
  return placeAt(hash);
}
