/** The shelf: components for other graphs, and templates of one's own. */
import { componentsUsed } from '../graph/component-type.ts';
import { isAsKept, withKept, type LibraryComponent } from '../graph/adopt.ts';
import { dropDeadWires } from '../graph/exposing.ts';
import { toFailure } from '../core/errors.ts';
import type { ComponentId } from '../core/ids.ts';
import { newId } from '../core/ids.ts';
import { newestPicture } from '../state/runs.ts';
import type { ShelfCommands } from '../ui/commands.ts';
import type { Services } from './services.ts';
import { notifyFailure } from './notify-failure.ts';
import { t } from '../words/t.ts';
import { say } from '../core/say.ts';

export function createShelfCommands({
  document,
  desk,
  workspace,
  runs,
  shelf,
}: Pick<Services, 'document' | 'desk' | 'workspace' | 'runs' | 'shelf'>): Omit<ShelfCommands, 'ownTemplates'> & {
  loadShelf(): Promise<void>;
} {
  const loadShelf = async () => desk.setState({ library: await shelf.components() });

  /** Says why something could not be stored. */
  const refused = (trouble: string) => (thrown: unknown) => {
    notifyFailure(workspace, trouble, toFailure(thrown));
    return false;
  };

  return {
    loadShelf,
    async keepComponent(id) {
      const { components } = document.getState().graph;
      const component = components[id];
      if (!component) return;
      const before = desk
        .getState()
        .library.filter((one) => one.id === id)
        .at(-1);
      if (before && isAsKept(components, before))
        return workspace.notify(
          'info',
          t('“{0}” is in the library already, as version {1}.', component.title, before.version),
        );
      const version = (before?.version ?? 0) + 1;
      const needs = Object.fromEntries(
        [...componentsUsed(component.nodes, components)].map((inner) => [inner, components[inner]!]),
      );
      const kept: LibraryComponent = { id, version, at: Date.now(), component: { ...component, version }, needs };
      if (!(await shelf.addComponent(kept).then(() => true, refused(t('The component was not kept.'))))) return;
      document.edit('Keep in library', (_, graph) => void (graph.components[id]!.version = version));
      await loadShelf();
      workspace.notify(
        'info',
        t('“{0}” is in the library as version {1}.', component.title, version),
        t('Every graph can place it now.'),
      );
    },
    takeComponent(kept) {
      const { id, component } = kept;
      const next = withKept(document.getState().graph.components, kept);
      if (!next)
        return workspace.notify(
          'bad',
          t('This version of “{0}” would hold itself in this graph, so nothing was changed.', component.title),
        );
      document.edit(say('Update {0}', component.title), (_, graph) => {
        for (const [one, definition] of Object.entries(next))
          if (next[one as ComponentId] !== document.getState().graph.components[one as ComponentId])
            graph.components[one as ComponentId] = definition as never;
        dropDeadWires(graph, id);
      });
    },
    async forgetComponent(id) {
      const gone = desk.getState().library.filter((one) => one.id === id);
      await shelf.removeComponent(id);
      await loadShelf();
      workspace.notify(
        'info',
        t('“{0}” left the library.', gone.at(-1)?.component.title ?? t('It')),
        t('Graphs that use it keep it.'),
        {
          label: t('Bring back'),
          act: () => void Promise.all(gone.map((one) => shelf.addComponent(one))).then(loadShelf),
        },
      );
    },

    async saveTemplate({ title, description, tags }) {
      const { graph } = document.getState();
      const thumbnail = newestPicture(runs.getState());
      const kept = await shelf
        .putTemplate({
          id: newId('u'),
          at: Date.now(),
          description,
          tags,
          graph: { ...graph, title: title || graph.title, description },
          ...(thumbnail ? { thumbnail } : {}),
        })
        .then(() => true, refused(t('The template was not saved.')));
      if (!kept) return;
      workspace.notify(
        'info',
        t('“{0}” is among your templates.', title || graph.title),
        thumbnail ? undefined : t('Run the graph before saving it, and it has a picture too.'),
      );
    },
    async removeTemplate(id) {
      const gone = (await shelf.templates()).find((template) => template.id === id);
      await shelf.removeTemplate(id);
      return async () => {
        if (gone) await shelf.putTemplate(gone);
      };
    },
  };
}
