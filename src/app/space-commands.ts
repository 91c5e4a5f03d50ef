/** What storage holds, and freeing it: by itself when the budget is spent, or because a person says so. */
import { toFailure, type Result } from '../core/errors.ts';
import type { Swept } from '../session/space.ts';
import type { SpaceCommands } from '../ui/commands.ts';
import { fileSize } from '../ui/units.ts';
import { t } from '../words/t.ts';
import type { Services } from './services.ts';
import { notifyFailure } from './notify-failure.ts';

export function createSpaceCommands({
  thread,
  runs,
  save,
  workspace,
}: Pick<Services, 'thread' | 'runs' | 'save' | 'workspace'>): SpaceCommands & {
  tidy(isFull?: boolean): Promise<void>;
} {
  const { notify } = workspace;

  /** What the thread says; a failure is said, and nothing is returned. */
  async function asked<T>(
    ask: (call: ReturnType<Services['thread']>['call']) => Promise<Result<T>>,
    trouble: string,
  ): Promise<T | undefined> {
    const result = await ask(thread().call).catch((thrown: unknown) => ({
      ok: false as const,
      error: toFailure(thrown),
    }));
    if (result.ok) return result.value;
    notifyFailure(workspace, trouble, result.error);
    return undefined;
  }

  function tellSwept(swept: Swept | undefined): void {
    if (swept?.artifacts)
      notify(
        'info',
        t('{0} of old cached results were removed to make room.', fileSize(swept.bytes)),
        t('Imported files, accepted takes, graphs and history are untouched.'),
      );
  }

  async function tidy(isFull = false): Promise<void> {
    // Files imported just now are kept because a stored graph names them.
    await save();
    const result = await thread()
      .call.tidy(isFull)
      .catch(() => undefined);
    if (result?.ok) tellSwept(result.value);
  }

  return {
    tidy,
    space: () => asked((call) => call.space(), t('What storage holds could not be read.')),
    async setBudget(bytes) {
      tellSwept(await asked((call) => call.setBudget(bytes), t('The budget was not kept.')));
    },
    async clearResults() {
      await save();
      const swept = await asked((call) => call.clearResults(), t('Cached results were not cleared.'));
      if (!swept) return;
      runs.reset();
      notify(
        'info',
        t('Cached results were cleared: {0} are free.', fileSize(swept.bytes)),
        t('The next run makes everything again. Imported files, accepted takes and those with a star are kept.'),
      );
    },
    async dropOldRuns() {
      const count = await asked((call) => call.dropOldRuns(), t('Old runs were not removed.'));
      if (count !== undefined)
        notify(
          'info',
          t('{0} old {0|run was|runs were} removed.', count),
          t('The newest of each graph and those with an accepted take are kept.'),
        );
    },
  };
}
