/** What the menu of each thing on the canvas and of a take says. */
import type { ReactFlowInstance } from '@xyflow/react';
import type { FrameId, NodeId, NoteId, TakeId, WireId } from '../../core/ids.ts';
import type { FileSetting } from '../../core/params.ts';
import { componentIdOf } from '../../graph/component-type.ts';
import { disconnect } from '../../graph/edits.ts';
import { wiresInSocket, wiresOutOfSocket, type GraphNode, type Point } from '../../graph/graph.ts';
import { addPoint, toggleCollapsed } from '../../graph/marks.ts';
import { holdsUnusedPicture, usePictureItself } from '../../graph/picture-edits.ts';
import { splitOf, type Split } from '../../graph/split-edits.ts';
import { nearestCurve } from '../../graph/wire-shape.ts';
import { actionFor, type ActionId } from '../actions.ts';
import type { App } from '../app-context.ts';
import { wireCurves } from '../canvas/places.ts';
import { cardsOf } from '../canvas/shown-shapes.ts';
import { againstOf } from '../comparable.ts';
import { titleOf } from '../connections.ts';
import { mediaParam } from '../file-choice.ts';
import { pictureOf } from '../node-facts.ts';
import { splitStills } from '../split-stills.ts';
import type { MenuGroup, MenuItem } from '../widgets/menu.tsx';
import { t } from '../../words/t.ts';

export interface MenuContent {
  readonly label: string;
  readonly groups: readonly MenuGroup[];
}

/** Commands that change the graph: not offered where it is only looked at. */
const LOOKS: readonly ActionId[] = [
  'copy',
  'copy-params',
  'select-all',
  'fit',
  'fit-selection',
  'keep-on-screen',
  'open-component',
  'leave-component',
  'run-selected',
  'compare-results',
  'export-pictures',
];

/** What can be done with the thing at an element; choosing from it means that thing, so it is selected first. */
export function menuFor(app: App, flow: ReactFlowInstance, target: Element, screen: Point): MenuContent | undefined {
  const { document, registry, workspace } = app;
  const { board, readOnly } = document.getState();
  const point = flow.screenToFlowPosition(screen);
  const actions = (...ids: readonly ActionId[]): MenuGroup =>
    ids
      .filter((id) => !readOnly || LOOKS.includes(id))
      .map((id) => {
        const { name, keys, run } = actionFor(app, flow, id);
        return { label: t(name), keys: keys[0], run, isDangerous: id === 'delete' };
      });
  const own = (...items: readonly MenuItem[]): MenuGroup => (readOnly ? [] : items);
  const idAt = (selector: string) => target.closest(selector)?.getAttribute('data-id') ?? '';

  const take = target.closest('[data-take]')?.getAttribute('data-take');
  if (take) return ofTake(app, take as TakeId);

  const socket = target.closest('.react-flow__handle');
  if (socket) return ofSocket(socket);

  const wire = idAt('.react-flow__edge') as WireId;
  if (board.wires[wire]) return ofWire(wire);

  const item = idAt('.react-flow__node');
  if (board.nodes[item as NodeId]) return ofNode(item as NodeId);
  if (board.frames[item as FrameId] || board.notes[item as NoteId]) return ofMark(item as FrameId | NoteId);
  return {
    label: t('Canvas'),
    groups: [
      own(
        { label: t('Add a node here…'), run: () => workspace.setState({ adding: { screen, flow: point } }) },
        ...actions('add-note'),
      ),
      actions('undo', 'redo'),
      actions('select-all', 'arrange'),
      actions('fit', 'full-size', 'minimap', 'list'),
    ],
  };

  function ofNode(id: NodeId): MenuContent {
    const { selection } = workspace.getState();
    if (!selection.includes(id)) workspace.select([id]);
    const many = selection.includes(id) && selection.length > 1;
    const isComponent = componentIdOf(board.nodes[id]!.type) !== undefined;
    const split = many ? undefined : splitOf(board, registry, id);
    return {
      label: many ? t('{0} selected', selection.length) : titleOf(board, registry, id),
      groups: [
        [
          ...actions('run-selected', 'run-from-here', 'keep-on-screen'),
          ...(many || document.getState().path.length > 0 ? [] : actions('sweep')),
          ...actions('compare-results', 'export-pictures'),
        ],
        actions('copy', 'cut', 'duplicate'),
        actions('copy-params', 'paste-params'),
        actions('mute', 'switch-off', 'freeze'),
        many || !hasOwnPicture(board.nodes[id]!) ? [] : actions('edit-picture'),
        [...(many ? [] : actions('rename')), ...actions('collapse')],
        isComponent && !many
          ? actions('open-component', 'unpack-component')
          : actions(...(many ? (['join', 'arrange'] as const) : []), 'frame', 'make-component'),
        split ? own({ label: splitInWords(split), run: () => splitStills(app, id) }) : [],
        many || !holdsUnusedPicture(board, id)
          ? []
          : own({ label: t('Use the picture itself (Import)'), run: () => importInPlace(id) }),
        actions('fit-selection'),
        actions('delete-and-heal', 'delete'),
      ],
    };
  }
  function importInPlace(id: NodeId): void {
    const definition = registry.get('import');
    if (!definition) return;
    const edited = document.edit('Use the picture itself', (draft) => usePictureItself(draft, id, definition));
    if (edited) workspace.select([edited]);
  }
  function hasOwnPicture({ type, params }: GraphNode): boolean {
    const face = registry.get(type);
    const file = face && (params[mediaParam(face)?.name ?? ''] as FileSetting | null | undefined);
    return file ? !file.clip : false;
  }
  function ofMark(id: FrameId | NoteId): MenuContent {
    workspace.select([], [id]);
    const frame = board.frames[id as FrameId];
    return {
      label: frame ? t('Frame {0}', frame.title) : t('Note'),
      groups: [
        actions('copy', 'cut', 'duplicate'),
        frame
          ? own({
              label: frame.collapsed ? t('Unfold') : t('Fold'),
              run: () => document.edit('Fold', (draft) => toggleCollapsed(draft, id as FrameId)),
            })
          : [],
        actions('fit-selection'),
        actions('delete'),
      ],
    };
  }
  function ofWire(id: WireId): MenuContent {
    workspace.select([]);
    workspace.setState({ selectedWires: [id] });
    const { from, to } = board.wires[id]!;
    const at = nearestCurve(wireCurves(board, cardsOf(app), id), point);
    return {
      label: t('Wire from {0} to {1}', titleOf(board, registry, from.node), titleOf(board, registry, to.node)),
      groups: [
        own({
          label: t('Add reroute point'),
          run: () => document.edit('Add reroute point', (draft) => addPoint(draft, id, at, point)),
        }),
        actions('delete'),
      ],
    };
  }
  function ofSocket(handle: Element): MenuContent | undefined {
    const [node, name] = [handle.getAttribute('data-nodeid') as NodeId, handle.getAttribute('data-handleid') ?? ''];
    if (!board.nodes[node]) return undefined;
    const side = handle.classList.contains('source') ? 'output' : 'input';
    const end = { node, socket: name };
    const wires = (side === 'input' ? wiresInSocket : wiresOutOfSocket)(board, end).map(([id]) => id);
    return {
      label: handle.getAttribute('data-tip') ?? name,
      groups: [
        own(
          {
            label: side === 'input' ? t('Add a node that gives this…') : t('Add a node that takes this…'),
            run: () => workspace.setState({ adding: { screen, flow: point, from: { ...end, side } } }),
          },
          {
            label: t('Remove {0} {0|wire|wires}', wires.length),
            disabled: wires.length === 0,
            isDangerous: true,
            run: () => document.edit('Disconnect', (draft) => disconnect(draft, wires)),
          },
        ),
      ],
    };
  }
}

/** How many nodes it adds is said before. */
const splitInWords = ({ params }: Split): string => t('Split into stills: {0} more {0|node|nodes}', params.length);

function ofTake(app: App, id: TakeId): MenuContent | undefined {
  const { desk, workspace, commands, runs } = app;
  const take = desk.getState().takes.find((one) => one.id === id);
  const { artifact } = take ?? {};
  const node = workspace.getState().selection[0];
  if (!take || !artifact || !node) return undefined;
  return {
    label: t('Take'),
    groups: [
      [
        { label: t('Accept'), keys: 'a', run: () => void commands.accept(take) },
        {
          label: t('Reject'),
          keys: 'r',
          disabled: runs.getState().running,
          run: () => workspace.setState({ rejecting: take.id }),
        },
      ],
      [
        { label: t('View large'), run: () => workspace.setState({ viewing: { node, value: artifact } }) },
        {
          label: t('Compare with what is shown'),
          run: () => {
            const against = pictureOf(app, node);
            const other = against?.hash === artifact.hash ? againstOf(app, artifact) : against;
            if (other) workspace.setState({ viewing: { node, value: other, against: artifact } });
          },
        },
      ],
    ],
  };
}
