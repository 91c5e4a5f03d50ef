/** What this browser does not give the page, told on the first screen before anybody loses work by it. */
import type { WhyNotKept } from '../storage/open.ts';
import type { Lack } from '../state/lack.ts';
import { t } from '../words/t.ts';

/** The smallest module that uses the instructions our kernels use: a vector of sixteen bytes. */
const WITH_VECTORS = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** The heaviest first; empty where everything is there. */
export function lacksHere(notKept: WhyNotKept | undefined): readonly Lack[] {
  const lacks = [storageLack(notKept), ...runningLacks(), ...(notKept ? [] : tabLacks())];
  return lacks.filter((lack) => lack !== undefined);
}

function storageLack(notKept: WhyNotKept | undefined): Lack | undefined {
  const works = t(
    'You can make, open, run and export graphs. They are gone when this tab is closed or reloaded: export what you want to keep.',
  );
  switch (notKept) {
    case undefined:
      return undefined;
    case 'newer':
      return {
        what: t(
          'The graphs in this browser were written by a newer version of Triptych; this one does not touch them.',
        ),
        works,
        todo: t('Reload the page to get the newer version.'),
      };
    case 'refused':
      return {
        what: t('This browser keeps nothing for this page.'),
        works,
        todo: t('Allow this address to store site data, or leave the private window; then reload.'),
      };
    case 'broken':
      return {
        what: t("This browser's storage could not be opened."),
        works,
        todo: t('Free some disk space or restart the browser; then reload. Nothing in it was changed.'),
      };
    default:
      return notKept satisfies never;
  }
}

function runningLacks(): (Lack | undefined)[] {
  const works = t('Graphs can be opened, edited and exported.');
  const todo = t('Use a current Chrome, Edge, Firefox or Safari.');
  const canRun =
    typeof Worker !== 'undefined' && typeof WebAssembly !== 'undefined' && WebAssembly.validate(WITH_VECTORS);
  if (!canRun)
    return [
      { what: t('Nothing can be run: this browser has no workers, or no WebAssembly with vectors.'), works, todo },
    ];
  if (typeof VideoEncoder !== 'undefined') return [];
  const onPlainHttp = !isSecureContext;
  return [
    {
      what: t('No clips can be made: this browser encodes no video here.'),
      works: t('Everything with still pictures works.'),
      todo: onPlainHttp ? t('Open Triptych by https or on localhost: other addresses are not given everything.') : todo,
    },
  ];
}

function tabLacks(): Lack[] {
  if (navigator.locks && typeof BroadcastChannel !== 'undefined') return [];
  return [
    {
      what: t('This browser cannot tell whether a graph is open in another tab.'),
      works: t('Everything works; of two tabs with the same graph, only the first to save goes on.'),
      todo: t('Keep each graph in one tab only.'),
    },
  ];
}
