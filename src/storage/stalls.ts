/** Notices when what was asked of a database has had no answer for long: then nothing is said by itself. */
import type { DBCore, DBCoreTable, Middleware } from 'dexie';

const PATIENCE_MS = 8000;

/** Calls `onChange` when the oldest question has waited for too long, and when none has any more. */
export function watchStalls(onChange: (isStalled: boolean) => void, patienceMs = PATIENCE_MS): Middleware<DBCore> {
  /** When each was asked; the oldest first. */
  const open = new Set<{ readonly at: number }>();
  let isStalled = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    const [oldest] = open;
    const left = oldest && oldest.at + patienceMs - performance.now();
    if ((left !== undefined && left <= 0) !== isStalled) onChange((isStalled = !isStalled));
    clearTimeout(timer);
    timer = left === undefined ? undefined : setTimeout(look, left > 0 ? left : patienceMs);
  }
  function watched<Q, A>(ask: (question: Q) => Promise<A>): (question: Q) => Promise<A> {
    return (question) => {
      const asked = { at: performance.now() };
      open.add(asked);
      timer ??= setTimeout(look, patienceMs);
      const answered = () => {
        open.delete(asked);
        if (isStalled) look();
      };
      const answer = ask(question);
      void answer.then(answered, answered);
      return answer;
    };
  }
  const watchedTable = (table: DBCoreTable): DBCoreTable => ({
    ...table,
    mutate: watched((question) => table.mutate(question)),
    get: watched((question) => table.get(question)),
    getMany: watched((question) => table.getMany(question)),
    query: watched((question) => table.query(question)),
    openCursor: watched((question) => table.openCursor(question)),
    count: watched((question) => table.count(question)),
  });
  return {
    stack: 'dbcore',
    name: 'stalls',
    create: (core) => ({ ...core, table: (name) => watchedTable(core.table(name)) }),
  };
}
