/** Nodes go and their wires heal: what fed them goes on to what they fed. */
import type { Wire, WireEnd } from './graph.ts';
import { isSameEnd } from './graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { inputsOf } from './connect.ts';
import { connect, plainWire, isComponentDraft, removeNodes, wireCourse } from './edits.ts';
import type { BoardDraft, ComponentDraft } from './edits.ts';

/**
 * Removes nodes and joins what fed them to what they fed, where the kinds fit, in the order and by the way the wires
 * had.
 */
export function removeAndHeal(draft: BoardDraft, registry: Registry, nodes: readonly NodeId[]): void {
  for (const id of nodes) {
    const wires = Object.values(draft.wires);
    const into = wires.filter((wire) => wire.to.node === id).sort((a, b) => a.order - b.order);
    const out = wires.filter((wire) => wire.from.node === id);
    const kindFrom = ({ node, socket }: WireEnd) => registry.get(draft.nodes[node]?.type ?? '')?.outputs[socket]?.kind;
    const feeding = (end: WireEnd) =>
      into.filter((wire) => kindFrom(wire.from) !== undefined && kindFrom(wire.from) === kindFrom(end));
    const isMany = ({ node, socket }: WireEnd) => {
      const target = draft.nodes[node];
      const definition = target && registry.get(target.type);
      return Boolean(definition && inputsOf(definition, target)[socket]?.many);
    };
    const joins = out.flatMap((after) => {
      const [first, ...more] = feeding(after.from);
      // One stands for what a muted node would hand on; a row of clips goes on as a row where there is room for one.
      const row = first && isMany(first.to) && isMany(after.to) ? more.filter(({ to }) => isSameEnd(to, first.to)) : [];
      return first ? [{ befores: [first, ...row].map(plainWire), after: plainWire(after) }] : [];
    });
    if (isComponentDraft(draft))
      healEntries(
        draft,
        registry,
        id,
        out.filter((after) => feeding(after.from).length === 0),
      );
    const shown = isComponentDraft(draft)
      ? Object.entries(draft.outputs).flatMap(([name, { from }]) =>
          from.node === id ? [[name, feeding(from)[0]] as const] : [],
        )
      : [];
    for (const [name, before] of shown)
      if (isComponentDraft(draft) && before)
        draft.outputs = { ...draft.outputs, [name]: { ...draft.outputs[name]!, from: { ...before.from } } };
    removeNodes(draft, [id]);
    for (const { befores, after } of joins) {
      makePlace(draft, after, befores.length);
      for (const [at, before] of befores.entries())
        connect(
          draft,
          registry,
          before.from,
          after.to,
          wireCourse([...(before.via ?? []), ...(after.via ?? [])], after.order + at),
        );
    }
  }
}

/** What comes into a component at a node that goes is led on to what that node fed. */
function healEntries(component: ComponentDraft, registry: Registry, id: NodeId, out: readonly Wire[]): void {
  const node = component.nodes[id];
  const definition = node && registry.get(node.type);
  if (!definition) return;
  const sockets = inputsOf(definition, node);
  const left = new Set(out);
  for (const [name, input] of Object.entries(component.inputs)) {
    const kinds = input.to.filter((end) => end.node === id).map(({ socket }) => sockets[socket]?.kind);
    const after = [...left].filter(({ from }) => kinds.includes(definition.outputs[from.socket]?.kind));
    if (after.length === 0) continue;
    component.inputs = {
      ...component.inputs,
      [name]: { ...input, to: [...input.to, ...after.map(({ to, order }) => ({ ...to, order }))] },
    };
    for (const wire of after) left.delete(wire);
  }
}

/** Moves what comes after a wire into the same socket back, so that `count` wires can lie where it lay. */
function makePlace(draft: BoardDraft, { to, order }: Pick<Wire, 'to' | 'order'>, count: number): void {
  if (count < 2) return;
  const isBehind = (end: WireEnd, place: number | undefined) =>
    isSameEnd(end, to) && place !== undefined && place > order;
  for (const wire of Object.values(draft.wires)) if (isBehind(wire.to, wire.order)) wire.order += count - 1;
  if (!isComponentDraft(draft)) return;
  draft.inputs = Object.fromEntries(
    Object.entries(draft.inputs).map(([name, input]) => [
      name,
      {
        ...input,
        to: input.to.map((end) => (isBehind(end, end.order) ? { ...end, order: end.order! + count - 1 } : end)),
      },
    ]),
  );
}
