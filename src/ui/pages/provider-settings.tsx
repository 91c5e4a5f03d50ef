/** Services that make takes: which there are, their keys, whether they work, and what they cost this month. */
import { Check, KeyRound, TriangleAlert } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { inDollars } from '../../core/money.ts';
import type { ProviderView } from '../../routing/job.ts';
import { WORKFLOW_PROVIDER } from '../../routing/own-model.ts';
import { t, tell } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { shortTime } from '../dates.ts';
import { linkTo } from '../navigation.ts';
import { FindServers } from './find-servers.tsx';
import { ModelsSetAside } from './models-set-aside.tsx';
import { useMeant } from './meant.ts';
import { OwnWorkflows } from './own-workflows.tsx';
import { ServiceModels } from './service-models.tsx';
import { ServiceUse } from './service-use.tsx';
import { SettingsPart } from './settings-part.tsx';
import './provider-settings.css';

/** `at`: what the address names, a service or a part of the settings. */
export function ProviderSettings({ at }: { readonly at?: string | undefined }) {
  const { desk, commands } = useApp();
  const providers = useFact(desk, (state) => state.providers);
  const whyNot = useFact(desk, (state) => state.whyNoProviders);
  useEffect(() => {
    void commands.refreshProviders();
  }, [commands]);
  return (
    <SettingsPart id="providers" name={t('Providers')} at={at} className="panel providers">
      {providers === undefined && whyNot ? (
        <p className="provider__trouble" role="alert">
          {tell(whyNot.message)} {whyNot.hint && tell(whyNot.hint)}
        </p>
      ) : providers === undefined ? (
        <p>
          {t(
            'Services and ComfyUI are asked by the local server that npm start starts. It does not answer here, so the built-in engine makes everything.',
          )}
        </p>
      ) : (
        <>
          <p>{t('Keys stay with the local server, in a file only you can read. They never come back to this page.')}</p>
          <p>
            {t('What a graph asks is up to its routing table, or to the node, which can be pinned to one model.')}{' '}
            <a className="link" href={linkTo({ screen: 'routing' })}>
              {t('Routing tables')}
            </a>
          </p>
          <FindServers />
          <ul className="providers__list">
            {providers.map((provider) => (
              <li key={provider.id}>
                <ProviderCard provider={provider} isMeant={provider.id === at} />
              </li>
            ))}
          </ul>
        </>
      )}
    </SettingsPart>
  );
}

/** `isMeant`: a link led to it. */
function ProviderCard({ provider, isMeant }: { readonly provider: ProviderView; readonly isMeant: boolean }) {
  const { commands } = useApp();
  const [isBusy, setBusy] = useState(false);
  const heading = useId();
  const card = useMeant(isMeant);
  const during = <T,>(work: Promise<T>): Promise<T> => {
    setBusy(true);
    return work.finally(() => setBusy(false));
  };
  const {
    id,
    name,
    keyNames,
    keyPage,
    addressName,
    lacksAddress,
    lastTrouble,
    atOnce,
    aMinute,
    spentThisMonth,
    reserved,
  } = provider;
  return (
    <article
      ref={card}
      className="provider"
      aria-labelledby={heading}
      aria-busy={isBusy}
      data-provider={id}
      data-meant={isMeant}
      tabIndex={-1}
    >
      <header className="provider__head">
        <h3 id={heading}>{name}</h3>
        <Standing provider={provider} />
      </header>
      {lastTrouble && <LastTrouble provider={provider} trouble={lastTrouble} />}
      <ModelsSetAside provider={provider} />
      <ServiceModels provider={provider} />
      {!lacksAddress && (
        <p className="provider__models">
          {aMinute === undefined
            ? t('{0|One job|Up to {0} jobs} at once; others wait their turn.', atOnce)
            : t(
                '{0|One job|Up to {0} jobs} at once, {1|one|{1}} in a minute; others wait their turn.',
                atOnce,
                aMinute,
              )}
        </p>
      )}
      {lacksAddress && (
        <p>
          {t(
            'It has no address of its own. Set {0} to where your server is, then start Triptych again; a key can be entered after that.',
            addressName,
          )}
        </p>
      )}
      {keyNames.length > 0 && !lacksAddress && (
        <KeyForm provider={provider} isBusy={isBusy} onEnter={(key) => during(commands.enterKey(id, key))} />
      )}
      {id === WORKFLOW_PROVIDER && <OwnWorkflows />}
      {provider.isReady && <ServiceUse provider={provider} />}
      <footer className="provider__foot">
        <button
          className="button"
          type="button"
          disabled={isBusy || provider.key === 'missing' || provider.lacksAddress}
          onClick={() => void during(commands.testProvider(id))}
        >
          {provider.isLocal ? t('Look for it') : t('Test, costs nothing')}
        </button>
        {keyPage && !lacksAddress && (provider.key === 'missing' || provider.lastTest?.works === false) && (
          <a className="button button--quiet" href={keyPage} target="_blank" rel="noreferrer">
            {t('Get a key')}
          </a>
        )}
        <span className="tabular">
          {reserved > 0
            ? t('This month: {0}; reserved: {1}', inDollars(spentThisMonth), inDollars(reserved))
            : t('This month: {0}', inDollars(spentThisMonth))}
        </span>
      </footer>
    </article>
  );
}

/** More of what went wrong last at a job, and where a person can put it right. */
function LastTrouble({
  provider: { name, keyPage, setAside },
  trouble: { at, kind, hint },
}: {
  readonly provider: ProviderView;
  readonly trouble: NonNullable<ProviderView['lastTrouble']>;
}) {
  const isOfTheAccount = kind === 'key' || kind === 'billing';
  if (!setAside && !hint && !isOfTheAccount) return null;
  return (
    <p className="provider__trouble">
      {setAside && t('That was at {0}.', shortTime(at))} {hint && tell(hint)}{' '}
      {isOfTheAccount && t('Put that right, then test it here or enter another key.')}{' '}
      {isOfTheAccount && keyPage && (
        <a className="link" href={keyPage} target="_blank" rel="noreferrer">
          {t('Account at {0}', name)}
        </a>
      )}
    </p>
  );
}

/** Whether it can be asked, since when that is known, and why not. */
function Standing({ provider }: { readonly provider: ProviderView }) {
  const { key, isReady, lastTest, setAside, lastTrouble, isLocal, lacksAddress } = provider;
  if (setAside || lastTrouble)
    return (
      <p className="provider__state" data-state="bad">
        <TriangleAlert size={14} aria-hidden />
        {setAside
          ? t('set aside until {0}: {1}', shortTime(setAside.until), tell(setAside.why))
          : t('{0} That was at {1}.', tell(lastTrouble!.message), shortTime(lastTrouble!.at))}
      </p>
    );
  if (lastTest?.works === false)
    return (
      <p className="provider__state" data-state="bad">
        <TriangleAlert size={14} aria-hidden />
        {t(
          '{0} Tried at {1}.',
          lastTest.message ? tell(lastTest.message) : t('It does not work.'),
          shortTime(lastTest.at),
        )}
      </p>
    );
  if (isReady)
    return (
      <p className="provider__state" data-state="good">
        <Check size={14} aria-hidden />
        {lastTest ? t('works, tested at {0}', shortTime(lastTest.at)) : t('set up, not tested yet')}
      </p>
    );
  return (
    <p className="provider__state">
      <KeyRound size={14} aria-hidden />
      {lacksAddress
        ? t('no address')
        : key === 'missing'
          ? t('no key')
          : isLocal
            ? t('not looked for yet')
            : t('not set up')}
    </p>
  );
}

function KeyForm({
  provider,
  isBusy,
  onEnter,
}: {
  readonly provider: ProviderView;
  readonly isBusy: boolean;
  /** True when it is kept. */
  readonly onEnter: (key: string) => Promise<boolean | undefined>;
}) {
  const field = useId();
  const help = useId();
  const [key, setKey] = useState('');
  return (
    <form
      className="provider__key"
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() === '') return;
        void onEnter(key.trim()).then((isKept) => isKept && setKey(''));
      }}
    >
      <label htmlFor={field}>{t('Key')}</label>
      <input
        id={field}
        className="field"
        type="password"
        autoComplete="off"
        spellCheck={false}
        value={key}
        aria-describedby={help}
        onChange={(event) => setKey(event.target.value)}
      />
      <button className="button" type="submit" disabled={isBusy || key.trim() === ''}>
        {t('Save and test')}
      </button>
      {provider.key === 'entered' && (
        <button className="button button--quiet" type="button" disabled={isBusy} onClick={() => void onEnter('')}>
          {t('Forget it')}
        </button>
      )}
      <p id={help}>
        {provider.key === 'missing' || provider.key === 'optional'
          ? t('or {0} in the environment', provider.keyNames[0]!)
          : provider.key === 'entered'
            ? t('entered; a new one replaces it')
            : t('from the environment ({0})', provider.keyNames[0]!)}
      </p>
    </form>
  );
}
