/** Workflows of a person's own: read, kept as models of the catalog, and taken out of it again. */
import { fail, toFailure } from '../core/errors.ts';
import type { GraphId } from '../core/ids.ts';
import { HEAD_BYTES, kindOf } from '../file/kind.ts';
import { workflowIn } from '../file/comfyui-picture.ts';
import { LARGEST_JSON_FILE, LONGEST_TITLE } from '../core/limits.ts';
import type { Graph } from '../graph/graph.ts';
import type { GatewayClient } from '../providers/gateway-client.ts';
import { tablesNaming, WORKFLOW_PROVIDER } from '../routing/own-model.ts';
import { readOwnModel } from '../routing/read-own-model.ts';
import type { DeskStore } from '../state/desk.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import type { RoutingStore } from '../storage/routing-store.ts';
import type { OwnModelCommands } from '../ui/commands.ts';
import { goTo } from '../ui/navigation.ts';
import { t } from '../words/t.ts';
import { noteOwnModels } from './note-models.ts';
import { notifyFailure } from './notify-failure.ts';
import type { Reading } from './reading.ts';

interface Needs {
  readonly desk: DeskStore;
  readonly workspace: WorkspaceStore;
  readonly storage: RoutingStore;
  readonly gateway: Pick<GatewayClient, 'nodes'>;
  readonly reading: Reading;
  createGraph(graph: Graph): Promise<GraphId>;
}

export function createOwnModelCommands({
  desk,
  workspace,
  storage,
  gateway,
  reading,
  createGraph,
}: Needs): OwnModelCommands {
  const show = async () => noteOwnModels(desk, await storage.ownModels());
  /** Shown when it is stored: what is in the list is there after a reload. */
  const put: OwnModelCommands['keepOwnModel'] = async (model) => {
    const sound = readOwnModel(model);
    if (!sound) {
      workspace.notify('bad', t('This workflow cannot be kept as a model.'), t('Give it a name, and read it again.'));
      return false;
    }
    try {
      await storage.putOwnModels([sound]);
      await show();
      return true;
    } catch (thrown) {
      notifyFailure(workspace, t('The workflow was not stored.'), toFailure(thrown));
      return false;
    }
  };

  return {
    async readWorkflow(given) {
      const text = typeof given === 'string' ? given : await textOf(given);
      if (text === undefined)
        return fail('bad-input', 'There is no ComfyUI workflow in this file.', 'Export it from ComfyUI as JSON.');
      const asked = await reading.nodesToAskFor(text);
      if (!asked.ok) return asked;
      return reading.ownWorkflow(text, await gateway.nodes(WORKFLOW_PROVIDER, asked.value).catch(() => undefined));
    },
    convertWorkflow: (text) => reading.conversion(text),
    async openConverted(graph, name) {
      const title = name.slice(0, LONGEST_TITLE).trim() || graph.title;
      goTo({ screen: 'graph', id: await createGraph({ ...graph, title }) });
    },
    keepOwnModel: put,
    async removeOwnModel(model) {
      await storage.removeOwnModel(model.id);
      await show();
      const tables = tablesNaming(desk.getState().tables, model.id);
      workspace.notify(
        'info',
        t('“{0}” was removed.', model.name),
        tables.length > 0
          ? t(
              '{0|This table names|These tables name} it still, and will pass it over: {1}.',
              tables.length,
              tables.join(', '),
            )
          : undefined,
        { label: t('Undo'), act: () => void put(model) },
      );
    },
  };
}

/** Of a JSON file, or of a picture that ComfyUI made; nothing of what cannot be one, which is not read. */
async function textOf(file: File): Promise<string | undefined> {
  if (file.size > LARGEST_JSON_FILE) return undefined;
  const kind = kindOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()), file.name);
  return kind === 'picture' ? workflowIn(new Uint8Array(await file.arrayBuffer())) : file.text();
}
