/** What was accepted in several graphs, side by side, with how far each is from a reference look. */
import { Download } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { onDate } from '../../core/figures.ts';
import { fileName } from '../../core/file-name.ts';
import type { RunMode } from '../../core/take.ts';
import { monthOf } from '../../ledger/audit.ts';
import { compareLooks, middleLook, type CampaignReference } from '../../measure/campaign.ts';
import type { CampaignKey, LookReference } from '../../measure/look-reference.ts';
import { useApp, useFact } from '../app-context.ts';
import {
  foundInWords,
  campaignCsv,
  choicesAmong,
  inOrderOf,
  isOfCampaign,
  ORDERS,
  passesFilter,
  type CampaignFilter,
  type Choices,
  type ComparedDeliverable,
  type CampaignOrder,
} from '../campaign-choice.ts';
import type { CampaignList, Deliverable } from '../campaign-listing.ts';
import { Lacks } from '../lacks-notice.tsx';
import { useLookOf, useLooks } from '../measured.ts';
import { linkTo, usePlace } from '../navigation.ts';
import { LiveStatus } from '../widgets/live-status.tsx';
import { Segments } from '../widgets/segments.tsx';
import { inFigures, t } from '../../words/t.ts';
import { CampaignGrid } from './campaign-grid.tsx';
import { FiguresExplained, ReferenceBar } from './campaign-reference.tsx';
import './campaign-page.css';

export default function CampaignPage() {
  const place = usePlace();
  const tag = place.screen === 'campaign' ? place.tag : undefined;
  return <Campaign key={tag ?? ''} linked={tag === undefined ? 'all' : `tag:${tag}`} />;
}

function Campaign({ linked }: { readonly linked: CampaignKey }) {
  const { commands } = useApp();
  const [list, setList] = useState<CampaignList>();
  const [key, setKey] = useState(linked);
  const [filter, setFilter] = useState<CampaignFilter>({});
  const [order, setOrder] = useState<CampaignOrder>('look');
  useEffect(() => void commands.campaign().then((found) => found && setList(found)), [commands]);
  const all = list?.deliverables;
  const chosen = useMemo(
    () => all?.filter((one) => isOfCampaign(one, key) && passesFilter(one, filter)) ?? [],
    [all, key, filter],
  );
  const reference = list?.references[key];
  const compareWith = useCallback(
    async (next: LookReference | undefined) => {
      const references = await commands.compareWith(key, next);
      if (references) setList((now) => now && { ...now, references });
    },
    [commands, key],
  );
  const { compared, middle, unreadable, known } = useCompared(chosen, reference);
  const sorted = useMemo(() => inOrderOf(compared, order), [compared, order]);
  if (all?.length === 0)
    return (
      <main className="page" aria-label={t('Campaign')}>
        <h1>{t('Campaign')}</h1>
        <Lacks />
        <p className="empty empty--page">
          {t(
            'Nothing was accepted yet. Accept takes in a few graphs, give the graphs a tag, and their pictures and clips stand side by side here.',
          )}{' '}
          <a className="link" href={linkTo({ screen: 'gallery' })}>
            {t('Open a graph')}
          </a>
        </p>
      </main>
    );
  return (
    <main className="page campaign" aria-label={t('Campaign')} aria-busy={!all}>
      <header className="page__head">
        <div>
          <h1>{t('Campaign')}</h1>
          <p className="page__lead">
            {t(
              'What was accepted, side by side, and how far each is from one look. Compared is what was accepted, before it was refined.',
            )}
          </p>
        </div>
        <button
          className="button"
          type="button"
          disabled={sorted.length === 0}
          onClick={() => commands.exportCsv(campaignCsv(sorted), fileName(`campaign ${key.replace(':', ' ')}`, '.csv'))}
        >
          <Download size={14} aria-hidden /> {t('Export CSV')}
        </button>
      </header>
      {all && <Tools {...{ all, filter }} chosen={key} onChoose={setKey} onFilter={setFilter} />}
      {all && chosen.length === 0 && (
        <p className="empty">
          {t('Nothing was accepted here.')}{' '}
          <button
            className="button button--quiet"
            type="button"
            onClick={() => {
              setKey('all');
              setFilter({});
            }}
          >
            {t('Show all')}
          </button>
        </p>
      )}
      {chosen.length > 0 && (
        <>
          <ReferenceBar
            {...{ reference, middle, unreadable }}
            takenFrom={all?.find(({ take }) => reference?.kind === 'take' && take.id === reference.take)?.graph?.title}
            onChange={(next) => void compareWith(next)}
          />
          <div className="campaign__order">
            <Segments label={t('Sort by')} options={ORDERS} value={order} onChange={setOrder} />
            <Summary compared={compared} known={known} isChosen={reference !== undefined && !unreadable} />
          </div>
          <CampaignGrid
            compared={sorted}
            referenceTake={reference?.kind === 'take' ? reference.take : undefined}
            onReference={(next) => void compareWith(next)}
          />
          <FiguresExplained />
        </>
      )}
    </main>
  );
}

/** Each deliverable against the chosen reference, or against the one in their middle. */
function useCompared(chosen: readonly Deliverable[], reference: LookReference | undefined) {
  const artifacts = useMemo(() => chosen.map(({ take }) => take.artifact), [chosen]);
  const looks = useLooks(artifacts);
  const own = useLookOf(reference?.artifact);
  return useMemo(() => {
    const found = artifacts.map(({ hash }) => looks.get(hash));
    const ofAll = found.map((look) => (look?.ok ? look.value : undefined));
    const measured = ofAll.flatMap((look, at) => (look ? [{ look, at }] : []));
    const inMiddle = measured[middleLook(measured.map(({ look }) => look))];
    const isWaited = reference !== undefined && own === undefined;
    const against: CampaignReference | undefined = own?.ok
      ? { look: own.value, isChosen: true }
      : inMiddle && { look: inMiddle.look, isChosen: false };
    const placings = against && !isWaited ? compareLooks(ofAll, against) : [];
    const compared = chosen.map((deliverable, at): ComparedDeliverable => {
      const look = found[at];
      return { deliverable, placing: placings[at], ...(look && !look.ok ? { trouble: look.error } : {}) };
    });
    return {
      compared,
      middle: inMiddle && chosen[inMiddle.at],
      unreadable: own && !own.ok ? own.error : undefined,
      known: found.filter((look) => look !== undefined).length,
    };
  }, [artifacts, chosen, looks, own, reference]);
}

const MODES = ['delivery', 'draft'] as const satisfies readonly RunMode[];
function Tools({
  all,
  chosen,
  filter,
  onChoose,
  onFilter,
}: {
  readonly all: readonly Deliverable[];
  readonly chosen: CampaignKey;
  readonly filter: CampaignFilter;
  readonly onChoose: (key: CampaignKey) => void;
  readonly onFilter: (filter: CampaignFilter) => void;
}) {
  const choices = useMemo(() => choicesAmong(all), [all]);
  const months = useMemo(() => [...new Set(all.map(({ take }) => monthOf(take.at)))].sort().toReversed(), [all]);
  const isThere = Object.values(choices).some((group: Choices['tags']) => group.some(({ key }) => key === chosen));
  const group = (label: string, options: Choices['tags']) =>
    options.length > 0 && (
      <optgroup label={label}>
        {options.map(({ key, name, count }) => (
          <option key={key} value={key}>
            {t('{0} ({1})', name, count)}
          </option>
        ))}
      </optgroup>
    );
  return (
    <div className="page__tools" role="group" aria-label={t('What is looked at')}>
      <select
        className="field campaign__which"
        aria-label={t('Campaign')}
        value={chosen}
        onChange={({ target }) => onChoose(target.value as CampaignKey)}
      >
        <option value="all">{t('All that was accepted ({0})', all.length)}</option>
        {!isThere && chosen !== 'all' && <option value={chosen}>{chosen.slice(chosen.indexOf(':') + 1)}</option>}
        {group(t('Tags'), choices.tags)}
        {group(t('Batches'), choices.batches)}
        {group(t('Graphs'), choices.graphs)}
      </select>
      <select
        className="field"
        aria-label={t('Month')}
        value={filter.month ?? ''}
        onChange={({ target: { value } }) => {
          const { month: _, ...others } = filter;
          onFilter(value ? { ...others, month: value } : others);
        }}
      >
        <option value="">{t('Every month')}</option>
        {months.map((month) => (
          <option key={month} value={month}>
            {inFigures(onDate(month))}
          </option>
        ))}
      </select>
      <select
        className="field"
        aria-label={t('Mode')}
        value={filter.mode ?? ''}
        onChange={({ target: { value } }) => {
          const { mode: _, ...others } = filter;
          const mode = MODES.find((one) => one === value);
          onFilter(mode ? { ...others, mode } : others);
        }}
      >
        <option value="">{t('Delivery and draft')}</option>
        {MODES.map((mode) => (
          <option key={mode} value={mode}>
            {t(mode)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** How many there are, how far measuring has come, and what was found. */
function Summary({
  compared,
  known,
  isChosen,
}: {
  readonly compared: readonly ComparedDeliverable[];
  readonly known: number;
  readonly isChosen: boolean;
}) {
  const { runs } = useApp();
  const isRunning = useFact(runs, (state) => state.running);
  const total = compared.length;
  if (known < total)
    return (
      <div className="campaign__progress">
        <progress max={total} value={known} aria-label={t('Measured')} />
        <LiveStatus className="muted tabular" said={t('Looks are being measured.')}>
          {isRunning
            ? t('{0} of {1} measured; the others are when nothing runs.', known, total)
            : t('{0} of {1} measured …', known, total)}
        </LiveStatus>
      </div>
    );
  const missing = compared.filter(({ trouble }) => trouble).length;
  const text = [
    foundInWords(compared, isChosen),
    ...(missing > 0 ? [t('{0} could not be measured.', missing)] : []),
  ].join(' ');
  return (
    <LiveStatus className="campaign__found" said={text}>
      {text}
    </LiveStatus>
  );
}
