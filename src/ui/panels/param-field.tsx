/** The control of one param: in the inspector, in the form of a graph, and on the node's card. */
import type { ComponentType } from 'react';
import { setParam } from '../../graph/edits.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import type { ParamSpec, SeedSetting } from '../../core/params.ts';
import { say } from '../../core/say.ts';
import { useApp, useFact } from '../app-context.ts';
import { flatId } from '../node-facts.ts';
import type { WidgetProps } from '../widgets/widget-props.ts';
import { widgets } from '../widgets/widgets.tsx';
import { t } from '../../words/t.ts';

function locksSeed({ kind }: ParamSpec, before: unknown, next: unknown): before is SeedSetting {
  if (kind !== 'seed') return false;
  return (before as SeedSetting).mode !== 'fixed' && (next as SeedSetting).mode === 'fixed';
}

/** What a param is called, and its unit. */
export function ParamLabel({ id, spec }: { readonly id: string; readonly spec: ParamSpec }) {
  return (
    <label htmlFor={id}>
      {spec.label}
      {'unit' in spec && spec.unit ? <span className="muted"> ({spec.unit})</span> : null}
    </label>
  );
}

/** Whether a wire says what a param is. */
export function useIsFed(node: NodeId, promoted: boolean, name: string): boolean {
  const { document } = useApp();
  return useFact(
    document,
    (state) =>
      promoted && Object.values(state.board.wires).some((wire) => wire.to.node === node && wire.to.socket === name),
  );
}

export function ParamField({
  id,
  node,
  definition,
  name,
  spec,
  value,
  all,
  isFed,
  isCompact = false,
  isDrawnOn = false,
}: {
  /** Of the control, for its label. */
  readonly id: string;
  readonly node: NodeId;
  readonly definition: NodeFace;
  readonly name: string;
  readonly spec: ParamSpec;
  readonly value: unknown;
  /** The node's other params. */
  readonly all: Readonly<Record<string, unknown>>;
  readonly isFed: boolean;
  /** On one line of a card. */
  readonly isCompact?: boolean;
  /** In the editor, where a picture can be drawn on. */
  readonly isDrawnOn?: boolean;
}) {
  const { document, commands } = useApp();
  const readOnly = useFact(document, (state) => state.readOnly);
  function change(next: unknown): void {
    if (locksSeed(spec, value, next)) return commands.lockSeed(flatId({ document }, node), name, value);
    document.edit(say('Change {0}', spec.label), (draft) => setParam(draft, node, name, next), {
      mergeKey: `${definition.id}:${node}:${name}`,
    });
  }
  if (isFed) return <p className="param__help">{t('Comes from the wire.')}</p>;
  // The table is total over kinds, but TypeScript cannot see that this spec and this widget belong together.
  const Widget = widgets[spec.kind] as unknown as ComponentType<WidgetProps>;
  return (
    <fieldset className="bare" disabled={readOnly}>
      <Widget
        id={id}
        {...(isDrawnOn && { node })}
        spec={spec}
        value={value as never}
        all={all}
        isCompact={isCompact}
        onChange={change}
        onMany={(files) => void commands.addPictureRows(files, { node, param: name })}
      />
    </fieldset>
  );
}
