/**
 * Takes of the open graph of which nobody knew what became: they are gone on with as soon as the job service knows, as
 * when a key was entered that the service takes.
 */
import type { TakeId } from '../core/ids.ts';
import type { TakeRecord } from '../core/take.ts';
import type { JobState } from '../routing/job.ts';
import type { Services } from './services.ts';

/** `goOn`: hears of one whose job is known by now. */
export function whenTold(
  { document, desk, queue, gateway, tell }: Services,
  goOn: (take: TakeRecord) => Promise<void>,
): void {
  const watched = new Set<TakeId>();
  /** As their jobs stood last. One that is made, and cannot be had, is not gone on with again and again. */
  const stood = new Map<TakeId, JobState>();
  /** A run may have it in hand, and another tab has what is open there. */
  const mayGoOn = () => !document.getState().readOnly && !queue.getState().running;
  const isUnknown = ({ id }: TakeRecord) =>
    desk.getState().takes.some((take) => take.id === id && take.state === 'unknown');

  async function watch(take: TakeRecord): Promise<void> {
    if (watched.has(take.id)) return;
    watched.add(take.id);
    try {
      for (;;) {
        const job = await gateway.get(take.id).catch(() => undefined);
        if (!job || !mayGoOn() || !isUnknown(take)) return;
        const isNews = stood.get(take.id) !== job.state;
        stood.set(take.id, job.state);
        if (isNews && job.state !== 'unknown') await goOn(take);
        await gateway.changed(take.id, new AbortController().signal);
      }
    } finally {
      watched.delete(take.id);
    }
  }
  function look(): void {
    if (!mayGoOn()) return;
    for (const take of desk.getState().takes) if (take.state === 'unknown') watch(take).catch(tell);
  }

  desk.subscribe((state, before) => {
    // The local server may be back, and with it what is known of its jobs.
    if (state.takes !== before.takes || state.providers !== before.providers) look();
  });
  queue.subscribe(look);
  look();
}
