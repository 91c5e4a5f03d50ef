/** Reads what somebody else wrote: small texts at once, large ones in a thread of their own, which can be stopped. */
import { fail, toFailure, type Result } from '../core/errors.ts';
import type { Loose } from '../core/loose.ts';
import { say } from '../core/say.ts';
import { readComfyUi, type ForeignGraph } from '../file/comfyui-workflow.ts';
import { parseFragment, type ReadFragment } from '../file/fragment-text.ts';
import { parseGraphFile, type Opened } from '../file/parse.ts';
import { registry } from '../registry.ts';
import type { ReadWorkflow } from '../routing/own-workflow.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import { t } from '../words/t.ts';
import { connectThread } from '../worker/bridge.ts';
import type { ParseThread } from '../worker/protocol.ts';

/** Characters that are read within a frame or two, faster than a thread begins. */
const SMALL = 64 * 1024;
/** A file that is not read by then never will be. */
const LONGEST_SECONDS = 60;
/** How long nobody has to be told. */
const QUIET_MS = 800;

export interface Reading {
  graph(text: string): Promise<Result<Opened>>;
  workflow(text: string): Promise<Result<ForeignGraph>>;
  fragment(text: string): Promise<Result<ReadFragment>>;
  nodesToAskFor(text: string): Promise<Result<readonly string[]>>;
  /** `facts`: what ComfyUI says of those nodes; `undefined` where it does not answer. */
  ownWorkflow(text: string, facts: Loose | undefined): Promise<Result<ReadWorkflow>>;
}

export function createReading(workspace: WorkspaceStore): Reading {
  return {
    graph: async (text) =>
      text.length <= SMALL ? parseGraphFile(text, registry) : inThread(workspace, (thread) => thread.graph(text)),
    workflow: async (text) =>
      text.length <= SMALL ? readComfyUi(text) : inThread(workspace, (thread) => thread.workflow(text)),
    fragment: async (text) =>
      text.length <= SMALL ? parseFragment(text, registry) : inThread(workspace, (thread) => thread.fragment(text)),
    // Rare, and the page would be larger by what reads them.
    nodesToAskFor: (text) => inThread(workspace, (thread) => thread.nodesToAskFor(text)),
    ownWorkflow: (text, facts) => inThread(workspace, (thread) => thread.ownWorkflow(text, facts)),
  };
}

/** What is asked of the thread: its calls, answered later. */
type Asked = {
  readonly [K in keyof ParseThread]: (...given: Parameters<ParseThread[K]>) => Promise<ReturnType<ParseThread[K]>>;
};

/**
 * Ends with what the thread says, or when it died, took too long or was stopped by the person; the thread never
 * outlives it.
 */
async function inThread<T>(workspace: WorkspaceStore, ask: (thread: Asked) => Promise<Result<T>>): Promise<Result<T>> {
  const thread = connectThread<ParseThread>(
    (name) => new Worker(new URL('../worker/parse.worker.ts', import.meta.url), { type: 'module', name }),
  );
  let stop: (why: Result<never>) => void = () => {};
  const stopped = new Promise<Result<T>>((resolve) => (stop = resolve));
  const tooLong = fail(
    'bad-input',
    say('Reading this took longer than {0} {0|second|seconds}, so it was stopped.', LONGEST_SECONDS),
    'It is damaged, or larger than this computer can read.',
  );
  let takeOff = (): void => {};
  const offer = () => {
    takeOff = workspace.notifyUntil('info', t('A large file is being read.'), undefined, {
      label: t('Cancel'),
      act: () => stop(fail('cancelled', 'Cancelled.')),
    });
  };
  const timers = [setTimeout(offer, QUIET_MS), setTimeout(() => stop(tooLong), LONGEST_SECONDS * 1000)];
  try {
    const answer = ask(thread.call as unknown as Asked).catch((thrown: unknown) => ({
      ok: false as const,
      error: toFailure(thrown),
    }));
    return await Promise.race([answer, stopped]);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    takeOff();
    thread.stop();
  }
}
