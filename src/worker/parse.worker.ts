/** Reads files that are too large to be read on the page. It holds nothing: it can be stopped at any moment. */
import { convertWorkflow } from '../file/comfyui-conversion.ts';
import { readNodeKinds } from '../file/comfyui-nodes.ts';
import { readComfyUi } from '../file/comfyui-workflow.ts';
import { parseFragment } from '../file/fragment-text.ts';
import { nodesToAskFor, readOwnWorkflow } from '../file/own-workflow-file.ts';
import { parseGraphFile } from '../file/parse.ts';
import { registry } from '../registry.ts';
import { answer } from './bridge.ts';
import type { ParseThread } from './protocol.ts';

const thread: ParseThread = {
  graph: (text) => parseGraphFile(text, registry),
  workflow: readComfyUi,
  fragment: (text) => parseFragment(text, registry),
  conversion: (text) => convertWorkflow(text, registry),
  nodesToAskFor,
  ownWorkflow: (text, facts) => readOwnWorkflow(text, facts && readNodeKinds(facts)),
};
answer(thread);
