/**
 * Deep links: `#/` gallery, `#/t/<template>` opens a template, `#/s/…` a graph that travels in the link, `#/g/<graph>`
 * a graph, and of it `/review` its takes and `/review/<take>` one of them, `/form`, `/shots`, `/batch`, `/versions`,
 * `/lesson` the lesson that is written from it; `#/routing`, `#/catalog`, `#/audit`, `#/lessons`, `#/class`,
 * `#/settings` and of them `#/settings/<provider>` one service's card, `#/comfyui` a workflow to look at.
 */
import { useSyncExternalStore } from 'react';
import type { GraphId, TakeId } from '../core/ids.ts';

const PAGES = ['routing', 'catalog', 'audit', 'lessons', 'class', 'settings', 'comfyui'] as const;
/** Other sides of an open graph. */
const SIDES = ['review', 'form', 'shots', 'batch', 'versions', 'lesson'] as const;
type Page = (typeof PAGES)[number];
export type Place =
  | { readonly screen: 'gallery' }
  | { readonly screen: Exclude<Page, 'settings'> }
  | { readonly screen: 'settings'; readonly provider?: string | undefined }
  | { readonly screen: 'template'; readonly id: string }
  | { readonly screen: 'shared'; readonly id: string }
  | { readonly screen: 'graph' | Exclude<(typeof SIDES)[number], 'review'>; readonly id: GraphId }
  | { readonly screen: 'review'; readonly id: GraphId; readonly take?: TakeId | undefined };

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
      return `#/g/${place.id}/review${place.take ? `/${place.take}` : ''}`;
    case 'settings':
      return `#/settings${place.provider ? `/${place.provider}` : ''}`;
    case 'form':
    case 'shots':
    case 'batch':
    case 'versions':
    case 'lesson':
      return `#/g/${place.id}/${place.screen}`;
    default:
      return `#/${place.screen}`;
  }
}
export const goTo = (place: Place, replace = false): void =>
  replace ? location.replace(linkTo(place)) : void (location.hash = linkTo(place));

function placeAt(hash: string): Place {
  const [, provider] = hash.match(/^#\/settings\/([\w.-]+)$/) ?? [];
  if (provider) return { screen: 'settings', provider };
  const page = PAGES.find((name) => hash === `#/${name}`);
  if (page) return { screen: page };
  // Whatever it holds: that it is no graph is for whoever reads it to say.
  if (hash.startsWith('#/s/')) return { screen: 'shared', id: /^[\w-]+/.exec(hash.slice(4))?.[0] ?? hash.slice(4) };
  const [, kind, id, side, take] = hash.match(/^#\/([tg])\/([\w-]+)(?:\/(\w+)(?:\/([\w-]+))?)?/) ?? [];
  if (!id) return { screen: 'gallery' };
  if (kind === 't') return { screen: 'template', id };
  const screen = SIDES.find((name) => name === side) ?? 'graph';
  if (screen === 'review') return { screen, id: id as GraphId, take: take as TakeId | undefined };
  return { screen, id: id as GraphId };
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
