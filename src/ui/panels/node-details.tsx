/** What the inspector says of a node below its params: its sockets and wires, who makes its takes, what it made. */
import type { NodeId } from '../../core/ids.ts';
import { inDollars } from '../../core/money.ts';
import type { NodeDefinition } from '../../core/node.ts';
import { useApp, useFact } from '../app-context.ts';
import { pictureIn } from '../media.tsx';
import { linkTo } from '../navigation.ts';
import { useNodeFacts } from '../node-facts.ts';
import { useTakeOf } from '../shown-takes.ts';
import { shownOutputs } from '../status.ts';
import { duration } from '../units.ts';
import { InstanceTools, SocketTools } from './component-tools.tsx';
import { Wires } from './wires.tsx';
import { inFigures, t, tell, w } from '../../words/t.ts';

export default function NodeDetails({ id, definition }: { readonly id: NodeId; readonly definition: NodeDefinition }) {
  const { run, plan, flat } = useNodeFacts(id);
  const shown = shownOutputs(run, plan);
  const take = useTakeOf(flat, pictureIn(shown)?.hash);
  const outputs = Object.values(shown ?? {});
  return (
    <>
      <InstanceTools id={id} />
      <SocketTools id={id} definition={definition} />
      <h3>{t('Wires')}</h3>
      <Wires id={id} definition={definition} />
      <Route node={flat} />
      {(take || outputs.length > 0) && <h3>{t('Last result')}</h3>}
      <dl className="facts tabular">
        {outputs.map((value) =>
          value?.kind === 'image' ? (
            <Fact key="image" name={t('Size')} value={`${value.width} × ${value.height}`} />
          ) : value?.kind === 'video' ? (
            <Fact
              key="video"
              name={t('Clip')}
              value={t('{0} × {1}, {2} {2|frame|frames} at {3}', value.width, value.height, value.frames, value.fps)}
            />
          ) : value?.kind === 'file' ? (
            <Fact key="file" name={t('File')} value={`${value.name}: ${value.encoding}`} />
          ) : value?.kind === 'aspect' ? (
            <Fact key="aspect" name={t('Planned size')} value={`${value.width} × ${value.height}`} />
          ) : null,
        )}
        {take && <Fact name={t('Made by')} value={t('{0} at {1}', take.answered.model, take.answered.provider)} />}
        {take && <Fact name={t('Seed used')} value={String(take.seed)} />}
        {take && <Fact name={t('Mode')} value={t(take.mode)} />}
        {take && (
          <Fact
            name={t('Cost')}
            value={take.charged === null ? t('price unknown') : inFigures(inDollars(take.charged))}
          />
        )}
        {run.ms > 0 && <Fact name={t('Time')} value={duration(run.ms)} />}
      </dl>
      {take && <p className="muted">{t('Why this model: {0}.', take.why)}</p>}
      {take?.notes?.map((note, index) => (
        <p key={index} className="muted">
          {tell(note)}
        </p>
      ))}
      <h3>{t('About this node')}</h3>
      <p className="muted">{t(definition.docs)}</p>
    </>
  );
}

/** Who would make the next take, and why not the others. */
function Route({ node }: { readonly node: NodeId }) {
  const { runs } = useApp();
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[node]?.takePlan);
  if (!takePlan) return null;
  const { considered, usable, problem, row } = takePlan.resolution;
  return (
    <>
      <h3>{row ? t('Route: {0}, {1}', t(row.work), t(row.tier)) : t('Route: {0}', t(takePlan.request.work))}</h3>
      {problem && <p className="why why--bad">{tell(problem)}</p>}
      <ol className="route__short">
        {considered.map((candidate) => (
          <li key={`${candidate.provider} ${candidate.model}`} data-chosen={candidate === usable[0]}>
            <span>{t(candidate.name)}</span>
            <span className="muted">
              {candidate === usable[0]
                ? candidate.estimate.amount === undefined
                  ? t('price unknown')
                  : inFigures(inDollars(candidate.estimate.amount))
                : tell(candidate.reasons[0] ?? w('next'))}
            </span>
          </li>
        ))}
      </ol>
      {(usable[0]?.fit?.notes ?? []).map((note, index) => (
        <p key={index} className="muted">
          {tell(note)}
        </p>
      ))}
      <p>
        <a className="link" href={linkTo({ screen: 'settings' })}>
          {t('Providers and their keys')}
        </a>
      </p>
    </>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);
