/** Reads what somebody else wrote: small texts at once, large ones in a thread of their own, which can be stopped. */
import type { Result } from '../core/errors.ts';
import type { Loose } from '../core/loose.ts';
import type { Conversion } from '../file/comfyui-conversion.ts';
import type { ForeignGraph } from '../file/comfyui-workflow.ts';
import type { ReadFragment } from '../file/fragment-text.ts';
import type { Opened } from '../file/parse.ts';
import { loadPart } from '../load-part.ts';
import { faces } from './node-faces.ts';
import type { ReadWorkflow } from '../routing/own-workflow.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import type { AskThread } from './reading-thread.ts';

/** Characters that are read within a frame or two, faster than a thread begins. */
const SMALL = 64 * 1024;

export interface Reading {
  graph(text: string): Promise<Result<Opened>>;
  workflow(text: string): Promise<Result<ForeignGraph>>;
  fragment(text: string): Promise<Result<ReadFragment>>;
  conversion(text: string): Promise<Result<Conversion>>;
  nodesToAskFor(text: string): Promise<Result<readonly string[]>>;
  /** `facts`: what ComfyUI says of those nodes; `undefined` where it does not answer. */
  ownWorkflow(text: string, facts: Loose | undefined): Promise<Result<ReadWorkflow>>;
}

export function createReading(workspace: WorkspaceStore): Reading {
  const inThread = async <T>(ask: AskThread<T>): Promise<Result<T>> => {
    const { readInThread } = await loadPart(() => import('./reading-thread.ts'));
    return readInThread(workspace, ask);
  };
  return {
    async graph(text) {
      if (text.length > SMALL) return inThread((thread) => thread.graph(text));
      const { parseGraphFile } = await loadPart(() => import('../file/parse.ts'));
      return parseGraphFile(text, faces);
    },
    async workflow(text) {
      if (text.length > SMALL) return inThread((thread) => thread.workflow(text));
      const { readComfyUi } = await loadPart(() => import('../file/comfyui-workflow.ts'));
      return readComfyUi(text);
    },
    async fragment(text) {
      if (text.length > SMALL) return inThread((thread) => thread.fragment(text));
      const { parseFragment } = await loadPart(() => import('../file/fragment-text.ts'));
      return parseFragment(text, faces);
    },
    // Rare, and the page would be larger by what reads them.
    conversion: (text) => inThread((thread) => thread.conversion(text)),
    nodesToAskFor: (text) => inThread((thread) => thread.nodesToAskFor(text)),
    ownWorkflow: (text, facts) => inThread((thread) => thread.ownWorkflow(text, facts)),
  };
}
