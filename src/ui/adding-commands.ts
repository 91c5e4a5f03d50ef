/** The nodes that are used most are added by one chord each: Shift with a letter of their name, as notes are. */
import { middleOfStage, type Command } from './editor-command.ts';
import { placeBeside } from './placing.ts';
import { rememberChoice } from './recent-choices.ts';
import { w } from '../words/t.ts';

const adding = (name: string, type: string, key: string): Command & { readonly adds: string } => ({
  name,
  keys: [key],
  adds: type,
  run({ app, flow }) {
    const definition = app.registry.get(type);
    if (!definition) return;
    rememberChoice('nodes', type);
    placeBeside(app, definition, flow.screenToFlowPosition(middleOfStage()));
  },
});

export const ADDING = {
  'add-prompt': adding(w('Add Prompt'), 'prompt', 'shift+p'),
  'add-seed': adding(w('Add Seed'), 'seed', 'shift+s'),
  'add-aspect': adding(w('Add Aspect'), 'aspect', 'shift+e'),
  'add-reference': adding(w('Add Reference'), 'reference', 'shift+r'),
  'add-motion': adding(w('Add Motion'), 'motion', 'shift+m'),
  'add-image': adding(w('Add Image'), 'image', 'shift+i'),
  'add-animate': adding(w('Add Animate'), 'animate', 'shift+a'),
  'add-upscale': adding(w('Add Upscale'), 'upscale', 'shift+u'),
  'add-grade': adding(w('Add Grade'), 'grade', 'shift+g'),
  'add-stitch': adding(w('Add Stitch'), 'stitch', 'shift+t'),
  'add-deliver': adding(w('Add Deliver'), 'deliver', 'shift+d'),
} as const satisfies Readonly<Record<string, Command>>;

/** The command that adds a node of this type, if there is one. */
export const commandAdding = (type: string): keyof typeof ADDING | undefined =>
  (Object.keys(ADDING) as (keyof typeof ADDING)[]).find((id) => ADDING[id].adds === type);
