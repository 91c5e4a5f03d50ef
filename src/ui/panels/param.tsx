/** One param of a node with its control and what can be done with it: in the inspector, and in the form of a graph. */
import { Plug } from 'lucide-react';
import { Suspense, useId } from 'react';
import { kindFeeding } from '../../graph/connect.ts';
import { togglePromoted } from '../../graph/edits.ts';
import { decimal } from '../../core/figures.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import type { ParamSpec } from '../../core/params.ts';
import { useApp, useFact } from '../app-context.ts';
import { fitsOnCard } from '../canvas/card-size.ts';
import { part } from '../part.tsx';
import { useMeasured } from '../shown-takes.ts';
import { ParamField, useIsFed, ParamLabel } from './param-field.tsx';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import '../theme/param.css';
import './inspector.css';

const Exposure = part(() => import('./exposure.tsx'));

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
  const { document } = useApp();
  const id = useId();
  const measured = useMeasured(node, definition.id === 'acceptance' ? name : undefined);
  const readOnly = useFact(document, (state) => state.readOnly);
  const isFed = useIsFed(node, promoted, name);
  const field = <ParamField {...{ id, node, definition, name, spec, value, all, isFed }} isDrawnOn={!bare} />;
  // A toggle has its name beside it, so it stands where others have their label.
  const isToggle = spec.kind === 'toggle';
  return (
    <div className="param">
      <div className="param__label">
        {isToggle ? field : <ParamLabel id={id} spec={spec} />}
        {!readOnly && !bare && (
          <Suspense fallback={<span className="param__plug" />}>
            <Exposure node={node} name={name} label={spec.label} fitsOnCard={fitsOnCard(spec)} />
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
      {spec.help && !isFed && <p className="param__help">{spec.help}</p>}
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
