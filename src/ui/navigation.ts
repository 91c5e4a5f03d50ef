/** Deep links: `#/` gallery, `#/t/<template>` opens a template, `#/g/<graph>` a graph. */
import { useSyncExternalStore } from 'react';
import type { GraphId } from '../core/ids.ts';

export type Place = { readonly screen: 'gallery' } | { readonly screen: 'template'; readonly id: string } | { readonly screen: 'graph'; readonly id: GraphId };

export const linkTo = (place: Place): string => (place.screen === 'gallery' ? '#/' : place.screen === 'template' ? `#/t/${place.id}` : `#/g/${place.id}`);
export const goTo = (place: Place, replace = false): void => (replace ? location.replace(linkTo(place)) : void (location.hash = linkTo(place)));

function placeAt(hash: string): Place {
  const [, kind, id] = hash.match(/^#\/([tg])\/([\w-]+)/) ?? [];
  if (!id) return { screen: 'gallery' };
  return kind === 't' ? { screen: 'template', id } : { screen: 'graph', id: id as GraphId };
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
