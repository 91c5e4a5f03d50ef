/** What the inspector says of a node below its params: its sockets and wires, who makes its takes, what it made. */
import { clipsInput } from '../../graph/shots.ts';
import type { NodeId } from '../../core/ids.ts';
import type { NodeFace } from '../../core/node.ts';
import { costKnown } from '../../ledger/receipt.ts';
import { useApp, useFact } from '../app-context.ts';
import { useMadeOfInputs } from '../asked-next.ts';
import { LateFence } from '../fence.tsx';
import { useLoaded } from '../loaded.ts';
import { modelInWords } from '../market.ts';
import { pictureIn } from '../media.tsx';
import { useNodeFacts } from '../node-facts.ts';
import { part } from '../part.tsx';
import { useTakeOf } from '../shown-takes.ts';
import { shownOutputs } from '../status.ts';
import { duration } from '../units.ts';
import { InstanceTools, SocketTools } from './component-tools.tsx';
import { CardLookTools } from './card-look-tools.tsx';
import { CompareTools } from './compare-tools.tsx';
import { NodeRoute } from './node-route.tsx';
import { TakeReceipt } from './take-receipt.tsx';
import { Wires } from './wires.tsx';
import { t, tell } from '../../words/t.ts';

const ClipMeasures = part(() => import('./clip-measures.tsx'));
const Joins = part(() => import('./joins.tsx'));
const PromptReading = part(() => import('./prompt-reading.tsx'));

export default function NodeDetails({ id, definition }: { readonly id: NodeId; readonly definition: NodeFace }) {
  const { desk, docs: loadDocs } = useApp();
  const { providers, catalog } = useFact(desk, (state) => state);
  const docs = useLoaded(loadDocs);
  const { run, plan, flat } = useNodeFacts(id);
  const madeOfInputs = useMadeOfInputs(flat);
  const shown = shownOutputs(run, plan);
  const take = useTakeOf(flat, pictureIn(shown)?.hash);
  const outputs = Object.values(shown ?? {});
  return (
    <>
      <InstanceTools id={id} />
      <CompareTools id={id} definition={definition} />
      <SocketTools id={id} definition={definition} />
      {clipsInput(definition) !== undefined && (
        <LateFence what={t('What is measured where clips meet')}>
          <Joins film={id} />
        </LateFence>
      )}
      <h3>{t('Wires')}</h3>
      <Wires id={id} definition={definition} {...madeOfInputs} />
      <NodeRoute node={id} flat={flat} />
      <LateFence what={t('What was read in the prompt')}>
        <PromptReading node={id} flat={flat} take={take} />
      </LateFence>
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
        {take && <Fact name={t('Made by')} value={modelInWords(catalog, providers, take.answered)} />}
        {take && <Fact name={t('Seed used')} value={String(take.seed)} />}
        {take && <Fact name={t('Mode')} value={t(take.mode)} />}
        {take && <Fact name={t('Cost')} value={tell(costKnown(take))} />}
        {run.ms > 0 && <Fact name={t('Time')} value={duration(run.ms)} />}
      </dl>
      {take && <p className="muted">{t('Why this model: {0}.', take.why)}</p>}
      {take && (
        <details className="aside">
          <summary>{t('Receipt of this take')}</summary>
          <TakeReceipt take={take} />
        </details>
      )}
      {outputs.map(
        (value) =>
          value?.kind === 'video' && (
            <LateFence key={value.hash} what={t('What is measured of the clip')}>
              <ClipMeasures clip={value} />
            </LateFence>
          ),
      )}
      <CardLookTools ids={[id]} />
      <h3>{t('About this node')}</h3>
      <p className="muted">{docs && t(docs.get(definition.id) ?? definition.summary)}</p>
    </>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);
