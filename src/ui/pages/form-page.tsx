/** The graph as a form: what it asks for on the left, what it makes on the right, and not a wire in sight. */
import { ArrowDown, ArrowUp, Download, Play, SlidersHorizontal, Square, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { endsOf } from '../../graph/ends.ts';
import { labelFormField, moveFormField, toggleFormField } from '../../graph/form-fields.ts';
import { limitedSpec, limitFormField } from '../../graph/form-limits.ts';
import type { FieldLimits, FormField } from '../../graph/graph.ts';
import { nodeIds } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import { parseParams, type NumberParam } from '../../core/params.ts';
import type { FileValue } from '../../core/values.ts';
import { useApp, useFact } from '../app-context.ts';
import { Media } from '../media.tsx';
import { linkTo } from '../navigation.ts';
import { pictureOf, useNodeFacts } from '../node-facts.ts';
import { Param } from '../panels/param.tsx';
import { Cost } from '../panels/cost.tsx';
import { Queue } from '../panels/queue-panel.tsx';
import { RunStatus } from '../panels/run-bar.tsx';
import { isStale, shownOutputs } from '../status.ts';
import { NumberField } from '../widgets/number-field.tsx';
import { nameInWords } from '../graph-title.ts';
import { t, tell } from '../../words/t.ts';
import './form-page.css';

export default function Form() {
  const { document, runs, commands } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const id = useFact(document, (state) => state.id)!;
  const readOnly = useFact(document, (state) => state.readOnly);
  const running = useFact(runs, (state) => state.running);
  const startedAt = useFact(runs, (state) => state.startedAt);
  const [arranging, setArranging] = useState(false);
  return (
    <main className="page form">
      <header className="page__head">
        <div>
          <h1>{nameInWords(graph)}</h1>
          {graph.description && <p className="page__lead">{graph.description}</p>}
        </div>
        <div className="page__tools">
          {graph.form.length > 0 && !readOnly && (
            <button className="button" type="button" aria-pressed={arranging} onClick={() => setArranging(!arranging)}>
              <SlidersHorizontal size={14} aria-hidden /> {arranging ? t('Done') : t('Arrange fields')}
            </button>
          )}
          <a className="button" href={linkTo({ screen: 'graph', id })}>
            {t('Open the graph')}
          </a>
        </div>
      </header>
      <div className="form__body">
        <section className="form__inputs" aria-label={t('What it needs')}>
          {graph.form.length === 0 && (
            <p className="empty">
              {t(
                'This form asks for nothing yet. In the graph, choose a node and press the clipboard beside a param: it is asked for here.',
              )}
            </p>
          )}
          {graph.form.map((field, at) =>
            arranging ? (
              <Arranged
                key={`${field.node} ${field.param}`}
                field={field}
                at={at}
                last={at === graph.form.length - 1}
              />
            ) : (
              <Field key={`${field.node} ${field.param}`} field={field} />
            ),
          )}
          <div className="form__run" data-run={startedAt}>
            {running ? (
              <button className="button" type="button" onClick={commands.cancelRun}>
                <Square size={13} aria-hidden /> {t('Cancel')}
              </button>
            ) : (
              <button
                className="button button--primary"
                type="button"
                disabled={readOnly || nodeIds(graph).length === 0}
                onClick={() => void commands.startRun()}
              >
                <Play size={13} aria-hidden /> {t('Run')}
              </button>
            )}
            <RunStatus />
            <Cost />
            <Queue />
          </div>
        </section>
        <Results />
      </div>
    </main>
  );
}

function Field({ field: { node, param, label, limits } }: { readonly field: FormField }) {
  const { document, registry } = useApp();
  const placed = useFact(document, (state) => state.graph.nodes[node]);
  const definition = placed && registry.get(placed.type);
  const spec = definition?.params[param];
  if (!placed || !definition || !spec) return null;
  const all = parseParams(definition.params, placed.params).values as Readonly<Record<string, unknown>>;
  return (
    <Param
      node={node}
      definition={definition}
      name={param}
      spec={limitedSpec(label ? { ...spec, label } : spec, limits)}
      value={all[param]}
      all={all}
      promoted={placed.promoted?.includes(param) ?? false}
      bare
    />
  );
}

function Arranged({
  field: { node, param, label, limits },
  at,
  last,
}: {
  readonly field: FormField;
  readonly at: number;
  readonly last: boolean;
}) {
  const { document, registry } = useApp();
  const placed = useFact(document, (state) => state.graph.nodes[node]);
  const definition = registry.get(placed?.type ?? '');
  const spec = definition?.params[param];
  const own = spec?.label ?? param;
  const move = (to: number) => document.edit('Arrange form', (_, graph) => moveFormField(graph, at, to));
  return (
    <div className="form__field">
      <input
        className="field"
        aria-label={t('Words for {0}', own)}
        placeholder={own}
        value={label ?? ''}
        onChange={(event) =>
          document.edit('Name form field', (_, graph) => labelFormField(graph, at, event.target.value), {
            mergeKey: `form:${at}`,
          })
        }
      />
      <button
        className="button button--quiet button--icon"
        type="button"
        aria-label={t('{0} up', own)}
        disabled={at === 0}
        onClick={() => move(at - 1)}
      >
        <ArrowUp size={14} aria-hidden />
      </button>
      <button
        className="button button--quiet button--icon"
        type="button"
        aria-label={t('{0} down', own)}
        disabled={last}
        onClick={() => move(at + 1)}
      >
        <ArrowDown size={14} aria-hidden />
      </button>
      <button
        className="button button--quiet button--icon"
        type="button"
        aria-label={t('Leave out {0}', own)}
        onClick={() => document.edit('Leave out of form', (_, graph) => toggleFormField(graph, node, param))}
      >
        <Trash2 size={14} aria-hidden />
      </button>
      <small className="muted">{placed?.title ?? definition?.title}</small>
      {spec && (spec.kind === 'float' || spec.kind === 'int') && (
        <FieldRange spec={spec} of={own} at={at} limits={limits} />
      )}
    </div>
  );
}

/** How far whoever fills the form in may go; empty is as far as the param goes. */
function FieldRange({
  spec,
  of,
  at,
  limits,
}: {
  readonly spec: NumberParam;
  readonly of: string;
  readonly at: number;
  readonly limits: FieldLimits | undefined;
}) {
  const { document } = useApp();
  const limit = (bound: keyof FieldLimits, value: number | undefined) => {
    const own = { least: spec.min, most: spec.max };
    const next = { ...own, ...limits, [bound]: value ?? own[bound] };
    const isOwn = next.least <= own.least && next.most >= own.most;
    document.edit('Limit form field', (_, graph) => limitFormField(graph, at, isOwn ? undefined : next), {
      mergeKey: `limit:${at}`,
    });
  };
  const range = { whole: spec.kind === 'int', optional: true };
  return (
    <span className="form__range">
      <NumberField
        label={t('{0}: {1}', of, t('at least'))}
        placeholder={t('at least')}
        {...range}
        min={spec.min}
        max={limits?.most ?? spec.max}
        value={limits && limits.least > spec.min ? limits.least : undefined}
        onRead={(value, wrong) => !wrong && limit('least', value)}
      />
      <NumberField
        label={t('{0}: {1}', of, t('at most'))}
        placeholder={t('at most')}
        {...range}
        min={limits?.least ?? spec.min}
        max={spec.max}
        value={limits && limits.most < spec.max ? limits.most : undefined}
        onRead={(value, wrong) => !wrong && limit('most', value)}
      />
    </span>
  );
}

function Results() {
  const { document, registry } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const shown = endsOf(graph, registry);
  return (
    <section className="form__results" aria-label={t('What it makes')}>
      {shown.length === 0 && <p className="empty">{t('This graph makes nothing yet.')}</p>}
      {shown.map((id) => (
        <Result key={id} id={id} />
      ))}
    </section>
  );
}

function Result({ id }: { readonly id: NodeId }) {
  const app = useApp();
  const { document, registry, runs, commands } = app;
  const node = useFact(document, (state) => state.graph.nodes[id])!;
  const running = useFact(runs, (state) => state.running);
  const { run, plan } = useNodeFacts(id);
  const picture = pictureOf(app, id);
  const file = Object.values(shownOutputs(run, plan) ?? {}).find((value): value is FileValue => value?.kind === 'file');
  const title = node.title ?? registry.get(node.type)?.title ?? t('Result');
  const stale = isStale(run, plan, running);
  return (
    <figure className="result" data-stale={stale}>
      <div className="result__picture">
        {picture ? (
          <Media key={picture.hash} value={picture} of={title} controls={picture.kind === 'video'} />
        ) : (
          <p className="muted">
            {run.status === 'running' || run.status === 'queued'
              ? t('Being made')
              : run.failure
                ? tell(run.failure.message)
                : t('Press Run to make it.')}
          </p>
        )}
      </div>
      <figcaption>
        <span>
          <strong>{title}</strong> {stale && <span className="muted">{t('changed since it ran')}</span>}
        </span>
        {file && (
          <button
            className="button"
            type="button"
            disabled={stale}
            onClick={(event) => void commands.download(file, event.shiftKey)}
          >
            <Download size={14} aria-hidden /> {t('Download')}
          </button>
        )}
      </figcaption>
    </figure>
  );
}
