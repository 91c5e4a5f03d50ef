/** A worker in a browser that has no locks. */
import { answer } from '../../../src/worker/bridge.ts';

Object.defineProperty(navigator, 'locks', { value: undefined });
answer({ hello: async () => 'hello' });
