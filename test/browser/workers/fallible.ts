/** A worker that can be made to end in every way a worker ends. */
import { answer } from '../../../src/worker/bridge.ts';

const calls = {
  hello: async () => 'hello',
  wait: () => new Promise(() => {}),
  /** Nobody is told of this. */
  end: () => self.close(),
  throwLater: () =>
    void setTimeout(() => {
      throw new Error('Thrown by a timer.');
    }),
};
export type Fallible = typeof calls;
answer(calls);
