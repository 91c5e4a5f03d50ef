/**
 * Deep links: `#/` gallery, `#/t/<template>` opens a template, `#/s/…` a graph that travels in the link, `#/g/<graph>` a
 * graph, and of it `/review` its takes and `/review/<take>` one of them, `/form`, `/shots`, `/batch`, `/compare`,
 * `/versions`, `/lesson` the lesson that is written from it; `#/results` what all graphs made, `#/routing` and `#/routing/<row>` one row, `#/catalog`,
 * `#/campaign` and `#/campaign/<tag>` the graphs with one tag, `#/audit`, `#/lessons`, `#/class`, `#/settings` and
 * `#/settings/<part>` one service's card or another part, `#/comfyui` a workflow to look at.
 */
import { useSyncExternalStore } from 'react';
import type { GraphId, TakeId } from '../core/ids.ts';

const PAGES = [
  'results',
  'routing',
  'catalog',
  'campaign',
  'audit',
  'lessons',
  'class',
  'settings',
  'comfyui',
] as const;
/** Other sides of an open graph. */
const SIDES = ['review', 'form', 'shots', 'batch', 'compare', 'versions', 'lesson'] as const;
type Page = (typeof PAGES)[number];
export type Place =
  | { readonly screen: 'gallery' }
  | { readonly screen: Exclude<Page, 'settings' | 'routing' | 'campaign'> }
  | { readonly screen: 'campaign'; readonly tag?: string | undefined }
  | { readonly screen: 'settings' | 'routing'; readonly at?: string | undefined }
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
    case 'campaign':
      return `#/campaign${place.tag ? `/${encodeURIComponent(place.tag)}` : ''}`;
    case 'settings':
    case 'routing':
      return `#/${place.screen}${place.at ? `/${place.at}` : ''}`;
    case 'form':
    case 'shots':
    case 'batch':
    case 'compare':
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
  const [, part, at] = hash.match(/^#\/(settings|routing)\/([\w.-]+)$/) ?? [];
  if (at) return { screen: part as 'settings' | 'routing', at };
  const [, tag] = hash.match(/^#\/campaign\/(.+)$/) ?? [];
  if (tag) return { screen: 'campaign', tag: readTag(tag) };
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

/** A link that was broken on its way may hold a sign that is none. */
function readTag(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
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
