/** The keys that add a node, in words, wherever nodes are offered. */
import { givenKeys } from './actions.ts';
import { ADDING, commandAdding } from './adding-commands.ts';
import type { App } from './app-context.ts';
import { comboInWords } from './keys.ts';

function comboAdding({ workspace }: Pick<App, 'workspace'>, type: string): string | undefined {
  const id = commandAdding(type);
  return id && (givenKeys(workspace.getState().view.keys, { id, name: ADDING[id].name }) ?? ADDING[id].keys)[0];
}

export function chordOfNode(app: Pick<App, 'workspace'>, type: string): string | undefined {
  const combo = comboAdding(app, type);
  return combo && comboInWords(combo);
}

/** Shift is a sign here, for narrow places: its name is longer than those of nodes in some languages. */
export function shortChordOfNode(app: Pick<App, 'workspace'>, type: string): string | undefined {
  const combo = comboAdding(app, type);
  const [, letter] = /^shift\+(.)$/.exec(combo ?? '') ?? [];
  return letter ? `⇧${letter.toUpperCase()}` : combo && comboInWords(combo);
}
