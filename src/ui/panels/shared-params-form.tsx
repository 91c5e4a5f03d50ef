/** The params that several chosen nodes share; a change is made in all of them at once. */
import { useId, useMemo, type ComponentType } from 'react';
import { setParam } from '../../graph/edits.ts';
import { sharedParams, type SharedParam } from '../../graph/shared-params.ts';
import type { NodeId } from '../../core/ids.ts';
import { say } from '../../core/say.ts';
import { useApp, useFact } from '../app-context.ts';
import { Fence } from '../fence.tsx';
import type { WidgetProps } from '../widgets/widget-props.ts';
import { widgets } from '../widgets/widgets.tsx';
import { CardLookTools } from './card-look-tools.tsx';
import { ParamLabel } from './param-field.tsx';
import { t } from '../../words/t.ts';
import '../theme/param.css';

export default function SharedParamsForm({ nodes }: { readonly nodes: readonly NodeId[] }) {
  const { document, registry } = useApp();
  const board = useFact(document, (state) => state.board);
  const shared = useMemo(() => sharedParams(board, registry, nodes), [board, registry, nodes]);
  const all = Object.fromEntries(shared.map(({ name, value }) => [name, value]));
  return (
    <>
      <section aria-label={t('Shared params')}>
        {shared.length === 0 && <p className="muted">{t('They have no param in common.')}</p>}
        {shared.map((param) => (
          <Fence key={param.name} what={param.spec.label} room="line">
            <SharedField nodes={nodes} param={param} all={all} />
          </Fence>
        ))}
      </section>
      <CardLookTools ids={nodes} />
    </>
  );
}

interface FieldProps {
  readonly nodes: readonly NodeId[];
  readonly param: SharedParam;
  readonly all: Readonly<Record<string, unknown>>;
}
function SharedField({ nodes, param: { name, spec, value, isSameInAll }, all }: FieldProps) {
  const { document } = useApp();
  const readOnly = useFact(document, (state) => state.readOnly);
  const id = useId();
  const change = (next: unknown) =>
    document.edit(
      say('Change {0}', say(spec.label)),
      (draft) => nodes.forEach((node) => setParam(draft, node, name, next)),
      { mergeKey: `shared:${nodes.join(' ')}:${name}` },
    );
  // The table is total over kinds, but TypeScript cannot see that this spec and this widget belong together.
  const Widget = widgets[spec.kind] as unknown as ComponentType<WidgetProps>;
  const field = (
    <fieldset className="bare" disabled={readOnly}>
      <Widget id={id} spec={spec} value={value as never} all={all} onChange={change} />
    </fieldset>
  );
  const isToggle = spec.kind === 'toggle';
  return (
    <div className="param" data-differs={!isSameInAll}>
      <div className="param__label">{isToggle ? field : <ParamLabel id={id} spec={spec} />}</div>
      {!isToggle && field}
      {!isSameInAll && <p className="param__help">{t('Not the same in all of them: a change sets it in each.')}</p>}
    </div>
  );
}
