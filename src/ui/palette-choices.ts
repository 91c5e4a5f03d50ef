/** What the palette offers: commands, nodes to add, graphs, templates and parts of the settings. */
import type { ReactFlowInstance } from '@xyflow/react';
import { actionsFor } from './actions.ts';
import { ADDING } from './adding-commands.ts';
import type { App } from './app-context.ts';
import { chordOfNode } from './chord-of-node.ts';
import type { GraphListing } from './commands.ts';
import { middleOfStage } from './editor-command.ts';
import { searchedInNode } from './find-nodes.ts';
import { titleInWords } from './graph-title.ts';
import { comboInWords } from './keys.ts';
import { goTo } from './navigation.ts';
import { placeable, placeBeside } from './placing.ts';
import type { Searched } from './ranking.ts';
import { rememberChoice } from './recent-choices.ts';
import type { ServedTemplate } from './served-templates.ts';
import { t, w } from '../words/t.ts';

export interface PaletteChoice {
  readonly id: string;
  readonly name: string;
  /** What choosing it does; empty for a command, which says so itself. */
  readonly kind: string;
  readonly keys?: string | undefined;
  readonly searched: Searched;
  run(): void;
}

/** Parts of the settings by the name their address has, and what else is looked for there. */
const SETTINGS: readonly (readonly [part: string, name: string, ...words: readonly string[]])[] = [
  ['language', w('Theme and language'), 'dark', 'light', 'dunkel', 'hell', 'Sprache', 'Deutsch', 'English'],
  ['limits', w('Money limits'), 'budget', 'Grenze', 'Ausgaben', 'spending'],
  ['rates', w('What time and credits cost'), 'price', 'hour', 'Preis', 'Stunde', 'Kosten'],
  ['providers', w('Providers'), 'api key', 'ComfyUI', 'fal', 'service', 'Schlüssel', 'Dienste'],
  ['storage', w('Storage'), 'disk', 'space', 'cache', 'Speicherplatz', 'free', 'leeren'],
  ['backup', w('Backup'), 'restore', 'save everything', 'Sicherung', 'wiederherstellen'],
];

/** All commands but those that add a node, which is offered as a node. */
export function commandChoices(app: App, flow: ReactFlowInstance): readonly PaletteChoice[] {
  return actionsFor(app, flow)
    .filter(({ id }) => id !== 'palette' && !Object.hasOwn(ADDING, id))
    .map(({ id, name, keys, run }) => ({
      id,
      name: t(name),
      kind: '',
      keys: keys[0] && comboInWords(keys[0]),
      searched: { names: [t(name), name] },
      run,
    }));
}

/** Nodes that can be added beside what is chosen. */
export function nodeChoices(app: App, flow: ReactFlowInstance): readonly PaletteChoice[] {
  return placeable(app).map((definition) => ({
    id: `node ${definition.id}`,
    name: definition.title,
    kind: t('Add node'),
    keys: chordOfNode(app, definition.id),
    searched: searchedInNode(definition),
    run() {
      rememberChoice('nodes', definition.id);
      placeBeside(app, definition, flow.screenToFlowPosition(middleOfStage()));
    },
  }));
}

export const settingsChoices = (): readonly PaletteChoice[] =>
  SETTINGS.map(([at, name, ...words]) => ({
    id: `settings ${at}`,
    name: t(name),
    kind: t('Settings'),
    searched: { names: [t(name), name], exactNames: [...words, t('Settings')] },
    run: () => goTo({ screen: 'settings', at }),
  }));

export const graphChoices = (graphs: readonly GraphListing[]): readonly PaletteChoice[] =>
  graphs
    .filter(({ deletedAt }) => deletedAt === undefined)
    .map(({ id, title, tags = [] }) => ({
      id: `graph ${id}`,
      name: titleInWords(title),
      kind: t('Open graph'),
      searched: { exactNames: [titleInWords(title), ...tags] },
      run: () => goTo({ screen: 'graph', id }),
    }));

export const templateChoices = (templates: readonly ServedTemplate[]): readonly PaletteChoice[] =>
  templates.map(({ id, title, description, tags }) => ({
    id: `template ${id}`,
    name: t(title),
    kind: t('Template'),
    searched: {
      exactNames: [t(title), title, ...tags, ...tags.map((tag) => t(tag))],
      about: [description, t(description)],
    },
    run: () => goTo({ screen: 'template', id }),
  }));
