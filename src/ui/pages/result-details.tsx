/** What is known of a result, and what can be done with it. */
import { Columns2, Download, Expand, History, Star } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { decimal } from '../../core/figures.ts';
import type { GraphId } from '../../core/ids.ts';
import { tagsIn } from '../../graph/tags.ts';
import { costKnown } from '../../ledger/receipt.ts';
import { useApp, useFact } from '../app-context.ts';
import { besideItsButton } from '../beside-later.ts';
import type { GraphListing } from '../commands.ts';
import { dateAndTime } from '../dates.ts';
import { fateInWords } from '../fate-words.ts';
import { titleInWords } from '../graph-title.ts';
import { modelInWords } from '../market.ts';
import { Media } from '../media.tsx';
import { goTo, linkTo } from '../navigation.ts';
import type { MadeResult } from '../results-listing.ts';
import { tip } from '../widgets/tip.ts';
import { t, tell } from '../../words/t.ts';
import '../theme/popover.css';

interface Details {
  readonly chosen: readonly MadeResult[];
  readonly current: MadeResult;
  /** Those that results have. */
  readonly tags: readonly string[];
  readonly onOpen: () => void;
  readonly onCompare: () => void;
  readonly onStar: () => void;
  readonly onTags: (tags: readonly string[]) => void;
  readonly onDownload: () => void;
}
export function ResultDetails({ chosen, current, tags, onOpen, onCompare, onStar, onTags, onDownload }: Details) {
  const { commands } = useApp();
  const { take, fate, isFreed } = current;
  const isOne = chosen.length === 1;
  const isStarred = chosen.every(({ label }) => label.starredAt !== undefined);
  const openAsItWas = async () => {
    const id = await commands.graphAsItWas(take);
    if (id) goTo({ screen: 'graph', id });
  };
  return (
    <aside className="results__details" aria-label={t('Details')}>
      {isFreed ? (
        <p className="empty">
          {t('This picture was freed to make room. What it cost and how it was made is still known.')}
        </p>
      ) : (
        <div className="results__preview" onDoubleClick={onOpen}>
          <Media key={take.id} value={take.artifact} of={current.graph?.title ?? t('a graph that is gone')} />
        </div>
      )}
      <div className="results__actions">
        {isOne ? (
          <button className="button" type="button" disabled={isFreed} {...tip(t('Large (Enter)'))} onClick={onOpen}>
            <Expand size={14} aria-hidden /> {t('Enlarge')}
          </button>
        ) : (
          <button
            className="button button--primary"
            type="button"
            disabled={chosen.length !== 2 || chosen.some((one) => one.isFreed)}
            {...tip(t('Two that are chosen (C)'))}
            onClick={onCompare}
          >
            <Columns2 size={14} aria-hidden /> {t('Compare')}
          </button>
        )}
        <button className="button" type="button" aria-pressed={isStarred} {...tip(t('Star (S)'))} onClick={onStar}>
          <Star size={14} aria-hidden fill={isStarred ? 'currentColor' : 'none'} /> {t('Star')}
        </button>
        <button className="button" type="button" disabled={chosen.some((one) => one.isFreed)} onClick={onDownload}>
          <Download size={14} aria-hidden /> {t('Download')}
        </button>
      </div>
      {isOne ? (
        <>
          {take.request.prompt.text && <p className="results__prompt">{take.request.prompt.text}</p>}
          {take.request.prompt.negative && (
            <p className="results__prompt muted">{t('Not: {0}', take.request.prompt.negative)}</p>
          )}
          <Tags key={take.id} of={current} known={tags} onTags={onTags} />
          <Facts result={current} fate={fateInWords(take, fate)} />
          <div className="results__actions results__actions--stacked">
            <UseAsReference key={take.id} result={current} />
            <button className="button" type="button" onClick={() => void openAsItWas()}>
              <History size={14} aria-hidden /> {t('Open the graph as it was')}
            </button>
            {current.graph && (
              <a className="button" href={linkTo({ screen: 'review', id: current.graph.id, take: take.id })}>
                {t('Open in Review')}
              </a>
            )}
          </div>
        </>
      ) : (
        <p className="results__prompt">
          {chosen.length === 2
            ? t('Two are chosen: compare them side by side.')
            : t('{0} are chosen. Two can be compared.', chosen.length)}
        </p>
      )}
    </aside>
  );
}

function Facts({ result: { take, nth, graph }, fate }: { readonly result: MadeResult; readonly fate: string }) {
  const { desk } = useApp();
  const model = useFact(desk, ({ catalog, providers }) => modelInWords(catalog, providers, take.answered));
  const { width, height } = take.artifact;
  return (
    <dl className="results__facts">
      <dt>{t('Graph')}</dt>
      <dd>
        {graph ? (
          <a className="link" href={linkTo({ screen: 'graph', id: graph.id })}>
            {graph.title}
          </a>
        ) : (
          t('a graph that is gone')
        )}
      </dd>
      <dt>{t('Take')}</dt>
      <dd>{t('{0}, {1}', nth, fate)}</dd>
      <dt>{t('Model')}</dt>
      <dd>{model}</dd>
      <dt>{t('Tier')}</dt>
      <dd>{t(take.tier)}</dd>
      <dt>{t('Seed')}</dt>
      <dd className="tabular">{take.seed}</dd>
      <dt>{t('Size')}</dt>
      <dd className="tabular">
        {width} × {height}
        {take.artifact.kind === 'video' && t(', {0} s', decimal(take.artifact.frames / take.artifact.fps, 2))}
      </dd>
      <dt>{t('Cost')}</dt>
      <dd>{tell(costKnown(take))}</dd>
      <dt>{t('When')}</dt>
      <dd className="tabular">{dateAndTime(take.at)}</dd>
    </dl>
  );
}

/** Kept when the field is left, or with Enter. */
function Tags({
  of,
  known,
  onTags,
}: {
  readonly of: MadeResult;
  readonly known: readonly string[];
  readonly onTags: (tags: readonly string[]) => void;
}) {
  const id = useId();
  const kept = of.label.tags?.join(', ') ?? '';
  const [text, setText] = useState(kept);
  const keep = () => {
    const tags = tagsIn(text);
    setText(tags.join(', '));
    if (tags.join(', ') !== kept) onTags(tags);
  };
  return (
    <form
      className="results__tags"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <label htmlFor={id}>{t('Tags')}</label>
      <input
        id={id}
        className="field"
        list={`${id}-known`}
        placeholder={t('hero, for the client')}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={keep}
      />
      <datalist id={`${id}-known`}>
        {known.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </form>
  );
}

const NEW = 'new';
/** A node with it in the open graph, in a new one or in another. */
function UseAsReference({ result: { take, isFreed } }: { readonly result: MadeResult }) {
  const { commands, document } = useApp();
  const openId = useFact(document, (state) => state.id);
  const id = useId();
  const [graphs, setGraphs] = useState<readonly GraphListing[]>([]);
  const [where, setWhere] = useState<string>(openId ?? NEW);
  useEffect(() => void commands.listGraphs().then((found) => found && setGraphs(found)), [commands]);
  const isStill = take.artifact.kind === 'image';
  const use = async () => {
    const isThere = where === NEW || (await commands.openGraph(where as GraphId)) === 'opened';
    const graph = isThere ? await commands.useTake(take, where === NEW ? 'new' : 'here') : undefined;
    if (graph) goTo({ screen: 'graph', id: graph });
  };
  return (
    <>
      <button className="button" type="button" disabled={isFreed} popoverTarget={id}>
        {isStill ? t('Use as reference') : t('Use in a graph')}
      </button>
      <div id={id} popover="auto" className="popover" onBeforeToggle={besideItsButton}>
        <p className="muted">
          {isStill ? t('A Reference node with this picture is added.') : t('An Import node with this clip is added.')}
        </p>
        <label htmlFor={`${id}-where`}>{t('Where')}</label>
        <select id={`${id}-where`} className="field" value={where} onChange={({ target }) => setWhere(target.value)}>
          <option value={NEW}>{t('in a new graph')}</option>
          {graphs.map((graph) => (
            <option key={graph.id} value={graph.id}>
              {graph.id === openId ? t('{0} (open)', titleInWords(graph.title)) : titleInWords(graph.title)}
            </option>
          ))}
        </select>
        <button
          className="button button--primary"
          type="button"
          popoverTarget={id}
          popoverTargetAction="hide"
          onClick={() => void use()}
        >
          {t('Add and open it')}
        </button>
      </div>
    </>
  );
}
