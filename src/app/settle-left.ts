/**
 * Takes that services were asked for and that no run goes on with: their node was changed since, or is gone, or its graph
 * is closed or deleted. They are followed all the same, and booked as they ended, under their own names.
 */
import { toFailure } from '../core/errors.ts';
import type { TakeId } from '../core/ids.ts';
import type { TakeRecord } from '../core/take.ts';
import { hasEnded } from '../routing/job.ts';
import { nameOf } from '../ui/node-facts.ts';
import { t } from '../words/t.ts';
import { goneOnWith } from './gone-on-with.ts';
import { notifyFailure } from './notify-failure.ts';
import type { Services } from './services.ts';

/** One that the local server does not know of is asked after again, at most so often. */
const ASK_AGAIN_MS = 10_000;

/** `readsAfter`: milliseconds after which those of graphs that are not open are looked for. */
export function settleLeft(services: Services, readsAfter: number): void {
  const { document, desk, runs, queue, gateway, lock, registry, workspace, thread, tell } = services;
  /** In work, as far as is known here. */
  const inWork = new Map<TakeId, TakeRecord>();
  const followed = new Set<TakeId>();
  const askedAt = new Map<TakeId, number>();

  function isLeft({ id, graphId }: TakeRecord): boolean {
    const { running, waiting, paused } = queue.getState();
    // A run may go on with it, and says what became of it then.
    if (!inWork.has(id) || running || (waiting.length > 0 && !paused)) return false;
    const open = document.getState();
    if (open.id !== graphId) return true;
    const { plan } = runs.getState();
    return plan !== undefined && !open.readOnly && !goneOnWith(plan).some(({ take }) => take === id);
  }

  function look(): void {
    for (const take of inWork.values()) if (isLeft(take)) follow(take).catch(tell);
  }

  async function follow(take: TakeRecord): Promise<void> {
    const { id } = take;
    if (followed.has(id) || Date.now() - (askedAt.get(id) ?? 0) < ASK_AGAIN_MS) return;
    followed.add(id);
    try {
      for (;;) {
        const job = await gateway.get(id).catch(() => undefined);
        if (!job) return void askedAt.set(id, Date.now());
        if (hasEnded(job.state) || job.state === 'unknown') return await settle(take);
        await gateway.changed(id, new AbortController().signal);
      }
    } finally {
      followed.delete(id);
    }
  }

  async function settle(take: TakeRecord): Promise<void> {
    if (!isLeft(take)) return;
    const isOpen = document.getState().id === take.graphId;
    // A graph that is open in another tab is that one's to look after.
    const hold = isOpen ? undefined : await lock.take(take.graphId, () => false);
    try {
      if (hold && !hold.mayEdit) return;
      const settled = await thread()
        .call.settle([take])
        .catch((thrown: unknown) => ({ ok: false as const, error: toFailure(thrown) }));
      if (!settled.ok) notifyFailure(workspace, t('A take has come and could not be stored yet.'), settled.error);
      const [over] = settled.ok ? settled.value : [];
      if (!over) return void askedAt.set(take.id, Date.now());
      inWork.delete(take.id);
      show(over);
    } finally {
      hold?.release();
    }
  }

  function show(over: TakeRecord): void {
    const { id, graph } = document.getState();
    if (id !== over.graphId) return;
    desk.noteTakes([over]);
    if (over.artifact)
      workspace.notify(
        'info',
        t(
          'A take of “{0}” has come that was asked for before the node was changed.',
          nameOf(graph, registry, over.node),
        ),
        t('It is kept with the takes of the node, and booked.'),
      );
  }

  function note(takes: readonly TakeRecord[]): void {
    for (const take of takes)
      if (take.state === 'pending') inWork.set(take.id, take);
      else inWork.delete(take.id);
  }
  async function noteAll(): Promise<void> {
    const left = await thread()
      .call.leftInWork()
      .catch((thrown: unknown) => ({ ok: false as const, error: toFailure(thrown) }));
    if (left.ok) note(left.value);
    look();
  }

  desk.subscribe((state, before) => {
    if (state.takes !== before.takes) note(state.takes);
    // The local server may be back, and with it what is known of its jobs.
    if (state.providers !== before.providers) {
      askedAt.clear();
      look();
    }
  });
  runs.subscribe((state, before) => {
    if (state.plan !== before.plan) look();
  });
  queue.subscribe(look);
  document.subscribe((state, before) => {
    if (state.id !== before.id) look();
  });
  note(desk.getState().takes);
  setTimeout(() => void noteAll(), readsAfter);
}
