/** One param of a node with its widget: in the inspector, and in the form of a graph. */
import { Plug } from 'lucide-react';
import { Suspense, useId, type ComponentType } from 'react';
import { kindFeeding } from '../../graph/connect.ts';
import { setParam, togglePromoted } from '../../graph/edits.ts';
import { decimal } from '../../core/figures.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import type { ParamSpec, SeedSetting } from '../../core/params.ts';
import { say } from '../../core/say.ts';
import { useApp, useFact } from '../app-context.ts';
import { flatId } from '../node-facts.ts';
import { part } from '../part.tsx';
import { useMeasured } from '../shown-takes.ts';
import type { WidgetProps } from '../widgets/widget-props.ts';
import { widgets } from '../widgets/widgets.tsx';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import '../theme/param.css';
import './inspector.css';

const Exposure = part(() => import('./exposure.tsx'));

function locksSeed({ kind }: ParamSpec, before: unknown, next: unknown): before is SeedSetting {
  if (kind !== 'seed') return false;
  return (before as SeedSetting).mode !== 'fixed' && (next as SeedSetting).mode === 'fixed';
}

/** `bare`: only the widget, for a form. */
export function Param({
  node,
  definition,
  name,
  spec,
  value,
  all,
  promoted,
  bare = false,
}: {
  readonly node: NodeId;
  readonly definition: NodeFace;
  readonly name: string;
  readonly spec: ParamSpec;
  readonly value: unknown;
  readonly all: Readonly<Record<string, unknown>>;
  readonly promoted: boolean;
  readonly bare?: boolean;
}) {
  const { document, commands } = useApp();
  const id = useId();
  const measured = useMeasured(node, definition.id === 'acceptance' ? name : undefined);
  const readOnly = useFact(document, (state) => state.readOnly);
  const fed = useFact(
    document,
    (state) =>
      promoted && Object.values(state.board.wires).some((wire) => wire.to.node === node && wire.to.socket === name),
  );
  function change(next: unknown): void {
    if (locksSeed(spec, value, next)) return commands.lockSeed(flatId({ document }, node), name, value);
    document.edit(say('Change {0}', spec.label), (draft) => setParam(draft, node, name, next), {
      mergeKey: `${definition.id}:${node}:${name}`,
    });
  }
  // The table is total over kinds, but TypeScript cannot see that this spec and this widget belong together.
  const Widget = widgets[spec.kind] as unknown as ComponentType<WidgetProps>;
  const field = fed ? (
    <p className="param__help">{t('Comes from the wire.')}</p>
  ) : (
    <fieldset className="bare" disabled={readOnly}>
      <Widget
        id={id}
        spec={spec}
        value={value as never}
        all={all}
        onChange={change}
        onMany={(files) => void commands.addPictureRows(files, { node, param: name })}
      />
    </fieldset>
  );
  // A toggle has its name beside it, so it stands where others have their label.
  const isToggle = spec.kind === 'toggle';
  return (
    <div className="param">
      <div className="param__label">
        {isToggle ? (
          field
        ) : (
          <label htmlFor={id}>
            {spec.label}
            {'unit' in spec && spec.unit ? <span className="muted"> ({spec.unit})</span> : null}
          </label>
        )}
        {!readOnly && !bare && (
          <Suspense fallback={<span className="param__plug" />}>
            <Exposure node={node} name={name} label={spec.label} />
          </Suspense>
        )}
        {kindFeeding(spec) && !readOnly && !bare && (
          <button
            className="param__plug"
            type="button"
            aria-pressed={promoted}
            aria-label={t('Show {0} as a socket', spec.label)}
            {...tip(promoted ? t('Hide the socket') : t('Show as a socket, so that a wire can feed it'))}
            onClick={() =>
              document.edit(promoted ? 'Hide socket' : 'Show socket', (draft) => togglePromoted(draft, node, name))
            }
          >
            <Plug size={13} aria-hidden />
          </button>
        )}
      </div>
      {!isToggle && field}
      {spec.help && !fed && <p className="param__help">{spec.help}</p>}
      {measured && (
        <p className={`measured measured--${measured.passed ? 'passed' : 'missed'} tabular`}>
          {t(
            'Last take: {0}, {1}',
            decimal(measured.value, measured.value < 1.5 ? 3 : 1),
            measured.passed ? t('passed') : t('missed'),
          )}
        </p>
      )}
    </div>
  );
}
