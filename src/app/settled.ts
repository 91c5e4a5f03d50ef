/** The one place where a command that breaks off is caught, so that no screen has to. */
import type { Settled } from '../ui/commands.ts';

type Call = (...given: never[]) => unknown;

/** Storage answers with promises of its own kind. */
const isPromised = (answer: unknown): answer is PromiseLike<unknown> =>
  typeof (answer as PromiseLike<unknown> | undefined)?.then === 'function';

/**
 * The same commands; one that throws or rejects is told and answers `undefined`. What is no function stays as it is.
 */
export function settled<T extends object>(commands: T, tell: (error: unknown) => void): Settled<T> {
  const caught = (error: unknown): undefined => void tell(error);
  const settle =
    (command: Call): Call =>
    (...given) => {
      try {
        const answer = command(...given);
        return isPromised(answer) ? Promise.resolve(answer).catch(caught) : answer;
      } catch (error) {
        return caught(error);
      }
    };
  const entries = Object.entries(commands).map(([name, command]) => [
    name,
    typeof command === 'function' ? settle(command as Call) : command,
  ]);
  return Object.fromEntries(entries) as Settled<T>;
}
