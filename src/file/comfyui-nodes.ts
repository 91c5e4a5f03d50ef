/** What ComfyUI says about its kinds of nodes: the answer of `/object_info`, in both ways it is written. */
import { isRecord, type Loose } from '../core/loose.ts';
import { isText, listOf, loose } from './entries.ts';

export interface InputKind {
  readonly name: string;
  /** `INT`, `FLOAT`, `STRING`, `BOOLEAN`, `COMBO`, or what links carry: `MODEL`, `IMAGE`, … */
  readonly type: string;
  /** What a `COMBO` can be. */
  readonly options: readonly string[];
  readonly step?: number;
  readonly default?: unknown;
  /** Only ever fed by a link. */
  readonly isSocket: boolean;
  /** The editor keeps one more value behind it: what happens to a seed after a run, or the button of an upload. */
  readonly hasCompanion: boolean;
}
export interface NodeKind {
  /** In the order in which the editor writes their values. */
  readonly inputs: readonly InputKind[];
  /** Types, by the index that links name. */
  readonly outputs: readonly string[];
  /** Saves or shows something. */
  readonly isOutput: boolean;
  /** Asks a service that is paid for, through ComfyUI's account. */
  readonly isPaid: boolean;
}
export type NodeKinds = ReadonlyMap<string, NodeKind>;

/** Types that are typed in; all others come by links. */
const TYPED = new Set(['INT', 'FLOAT', 'STRING', 'BOOLEAN', 'COMBO']);

export function readNodeKinds(data: unknown): NodeKinds {
  const kinds = new Map<string, NodeKind>();
  for (const [name, facts] of Object.entries(loose(data))) {
    if (!isRecord(facts)) continue;
    const input = loose(facts['input']);
    const inputs = [...Object.entries(loose(input['required'])), ...Object.entries(loose(input['optional']))];
    kinds.set(name, {
      inputs: inputs.map(([each, config]) => inputKind(each, config)),
      outputs: listOf(facts['output']).map((type) => (isText(type) ? type : 'COMBO')),
      isOutput: facts['output_node'] === true,
      isPaid: facts['api_node'] === true,
    });
  }
  return kinds;
}

/** `[type, options]`; a list of choices stands in place of its type, or beside it. */
function inputKind(name: string, config: unknown): InputKind {
  const [given, more] = listOf(config);
  const options = loose(more);
  const choices = Array.isArray(given) ? given : listOf(options['options']);
  const type = isText(given) ? given : 'COMBO';
  const isSeed = type === 'INT' && (name === 'seed' || name === 'noise_seed');
  return {
    name,
    type,
    options: choices.filter(isText),
    isSocket: !TYPED.has(type) || options['forceInput'] === true,
    hasCompanion: isSeed || Boolean(options['control_after_generate']) || isUpload(options),
    ...(typeof options['step'] === 'number' ? { step: options['step'] } : {}),
    ...(options['default'] === undefined ? {} : { default: options['default'] }),
  };
}

const isUpload = (options: Loose): boolean =>
  ['image_upload', 'video_upload', 'audio_upload'].some((name) => options[name] === true);

export const inputKindOf = (kinds: NodeKinds, node: string, input: string): InputKind | undefined =>
  kinds.get(node)?.inputs.find(({ name }) => name === input);
