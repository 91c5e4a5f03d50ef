/** What a sweep varies: which result it shows, one or two params, and the values of each. */
import { ArrowLeftRight, Trash2 } from 'lucide-react';
import { MOST_AXES } from '../../core/limits.ts';
import type { ParamSpec } from '../../core/params.ts';
import { factsOf, type ColumnPlace } from '../../graph/batch-cells.ts';
import type { Graph, Sweep, SweepAxis } from '../../graph/graph.ts';
import {
  addAxis,
  axesOffered,
  endSweep,
  fedParams,
  picturesOffered,
  removeAxis,
  setValues,
  turnSweep,
} from '../../graph/sweep-edits.ts';
import { sweepProblem } from '../../graph/swept-graph.ts';
import type { NodeId } from '../../core/ids.ts';
import { grouped } from '../../core/grouped.ts';
import { useApp, useFact } from '../app-context.ts';
import { nameOf } from '../node-facts.ts';
import { named } from '../widgets/tip.ts';
import { SweepValues } from './sweep-values-field.tsx';
import { t, tell } from '../../words/t.ts';
import './sweep-axes.css';

export function SweepAxes({ sweep }: { readonly sweep: Sweep }) {
  const { document, registry } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const readOnly = useFact(document, (state) => state.readOnly);
  const problem = sweepProblem(graph, registry);
  return (
    <section className="sweep panel" aria-label={t('Sweep')}>
      <div className="sweep__head">
        <label className="sweep__shows">
          {t('Result')}
          <select
            className="field"
            disabled={readOnly}
            value={sweep.shows}
            onChange={(event) =>
              document.edit('Show another result', (_, whole) => {
                whole.sweep = { ...sweep, shows: event.target.value as NodeId };
              })
            }
          >
            {picturesOffered(graph, registry).map((node) => (
              <option key={node} value={node}>
                {nameOf(graph, registry, node)}
              </option>
            ))}
          </select>
        </label>
        {!readOnly && (
          <span className="sweep__tools">
            {sweep.axes.length === MOST_AXES && (
              <button
                className="button button--quiet"
                type="button"
                onClick={() => document.edit('Turn the sweep', (_, whole) => turnSweep(whole))}
              >
                <ArrowLeftRight size={14} aria-hidden /> {t('Swap across and down')}
              </button>
            )}
            <button
              className="button button--quiet"
              type="button"
              onClick={() => document.edit('Remove the sweep', (_, whole) => endSweep(whole))}
            >
              {t('Remove the sweep')}
            </button>
          </span>
        )}
      </div>
      {sweep.axes.map((axis, at) => (
        <Axis key={`${axis.node} ${axis.param} ${axis.variable}`} axis={axis} at={at} readOnly={readOnly} />
      ))}
      {!readOnly && sweep.axes.length < MOST_AXES && <NewAxis graph={graph} sweep={sweep} />}
      {problem && (
        <p className="why why--bad" role="alert">
          {tell(problem)}
        </p>
      )}
    </section>
  );
}

const wayOf = (at: number): string => (at === 0 ? t('Across') : t('Down'));

function Axis({ axis, at, readOnly }: { readonly axis: SweepAxis; readonly at: number; readonly readOnly: boolean }) {
  const { document, registry } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const facts = factsOf(graph, registry, axis);
  const label = facts ? t(facts.label) : axis.param;
  return (
    <div className="sweep__axis" role="group" aria-label={t('{0}: {1}', wayOf(at), label)}>
      <span className="sweep__way">{wayOf(at)}</span>
      <span className="sweep__param">
        <strong>{label}</strong>
        <small className="muted">{facts?.of ?? ''}</small>
      </span>
      {facts && (
        <SweepValues
          facts={facts}
          values={axis.values}
          readOnly={readOnly}
          onChange={(values) => document.edit('Change the values', (_, whole) => setValues(whole, at, values))}
        />
      )}
      {!readOnly && (
        <button
          className="button button--quiet button--icon"
          type="button"
          {...named(t('Stop varying {0}', label))}
          onClick={() => document.edit('Remove param', (_, whole) => removeAxis(whole, at))}
        >
          <Trash2 size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}

/** Every param that is there to be varied; those that a wire gives are shown, and say so. */
function NewAxis({ graph, sweep }: { readonly graph: Graph; readonly sweep: Sweep }) {
  const { document, registry } = useApp();
  const offered = axesOffered(graph, registry, sweep.shows);
  const fed = fedParams(graph, sweep.shows);
  const ofNodes = grouped([...offered, ...fed], ({ node }) => node);
  const specOf = ({ node, param }: ColumnPlace): ParamSpec | undefined =>
    registry.get(graph.nodes[node]!.type)?.params[param];
  const at = sweep.axes.length;
  return (
    <div className="sweep__axis">
      <span className="sweep__way">{wayOf(at)}</span>
      <select
        className="field"
        aria-label={at === 0 ? t('Param across') : t('Param down')}
        value=""
        onChange={(event) => {
          const place = offered[Number(event.target.value)];
          if (place) document.edit('Vary a param', (_, whole) => addAxis(whole, graph, registry, place));
        }}
      >
        <option value="">{at === 0 ? t('Choose a param…') : t('Choose a second param, or leave it at one…')}</option>
        {[...ofNodes].map(([node, places]) => (
          <optgroup key={node} label={nameOf(graph, registry, node)}>
            {places.map((place) =>
              offered.includes(place) ? (
                <option key={`${place.param} ${place.variable}`} value={offered.indexOf(place)}>
                  {place.variable ?? t(specOf(place)?.label ?? place.param)}
                </option>
              ) : (
                <option key={`${place.param} fed`} disabled>
                  {t('{0} (given by a wire)', t(specOf(place)?.label ?? place.param))}
                </option>
              ),
            )}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
