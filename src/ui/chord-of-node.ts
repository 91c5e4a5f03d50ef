/** The keys that add a node, in words, wherever nodes are offered. */
import { givenKeys } from './actions.ts';
import { ADDING, commandAdding } from './adding-commands.ts';
import type { App } from './app-context.ts';
import { comboInWords } from './keys.ts';

export function chordOfNode({ workspace }: Pick<App, 'workspace'>, type: string): string | undefined {
  const id = commandAdding(type);
  if (!id) return undefined;
  const [combo] = givenKeys(workspace.getState().view.keys, { id, name: ADDING[id].name }) ?? ADDING[id].keys;
  return combo && comboInWords(combo);
}
