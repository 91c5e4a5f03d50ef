/** Theme and language, what is stored and its backup, what time and machines are worth, and where spending stops. */
import type { Micros } from '../../core/money.ts';
import type { MoneySettings } from '../../ledger/money-settings.ts';
import { useApp, useFact } from '../app-context.ts';
import { serviceName } from '../market.ts';
import { linkTo, usePlace } from '../navigation.ts';
import { MoneyField } from '../widgets/money-field.tsx';
import { MonthSoFarLine } from './month-so-far.tsx';
import type { ViewSettings } from '../../state/workspace.ts';
import { BackupSettings } from './backup-settings.tsx';
import { ProviderSettings } from './provider-settings.tsx';
import { goToPart, SettingsPart } from './settings-part.tsx';
import { StorageSettings } from './storage-settings.tsx';
import { LANGUAGES, nameOfLanguage } from '../../words/languages.ts';
import { t, w } from '../../words/t.ts';
import './settings-page.css';

type Amount = 'runCap' | 'monthlyBudget' | 'machinePerHour' | 'personPerHour';
type AmountRow = readonly [Amount, string, string];
const LIMITS: readonly AmountRow[] = [
  [
    'runCap',
    w('Most that one run may spend'),
    w('A call that would go beyond it is not sent. Leave it empty for no limit.'),
  ],
  [
    'monthlyBudget',
    w('Most that a month may spend'),
    w(
      'Counted from the first of the month (UTC), over all graphs and for command lines too. Leave it empty for no limit.',
    ),
  ],
];
const RATES: readonly AmountRow[] = [
  [
    'machinePerHour',
    w('An hour of this machine'),
    w('Prices the built-in refinement: upscale, grade, sharpen and the rest.'),
  ],
  ['personPerHour', w('An hour of a person'), w('Prices waiting for takes and reviewing them.')],
];

const THEMES: readonly (readonly [ViewSettings['theme'], string])[] = [
  ['system', w('As the system')],
  ['light', w('Light theme')],
  ['dark', w('Dark theme')],
];

/** In their order, by what the address calls them. */
const PARTS: readonly (readonly [string, string])[] = [
  ['language', w('Theme and language')],
  ['limits', w('Money limits')],
  ['providers', w('Providers')],
  ['storage', w('Storage')],
  ['backup', w('Backup')],
  ['rates', w('What time and credits cost')],
];

export default function Settings() {
  const { desk, commands, workspace } = useApp();
  const place = usePlace();
  const at = place.screen === 'settings' ? place.at : undefined;
  const theme = useFact(workspace, (state) => state.view.theme);
  const language = useFact(workspace, (state) => state.view.language);
  const settings = useFact(desk, (state) => state.settings);
  const catalog = useFact(desk, (state) => state.catalog);
  const providers = useFact(desk, (state) => state.providers);
  const sellers = [
    ...new Set(
      catalog.models.flatMap((model) =>
        model.offers.filter((offer) => offer.price?.unit === 'credit').map((offer) => offer.provider),
      ),
    ),
  ];
  const set = (key: Amount, amount: Micros | undefined) => {
    void commands.changeSettings((now) => {
      const { [key]: _, ...rest } = now;
      return { ...rest, ...(amount === undefined ? {} : { [key]: amount }) } as MoneySettings;
    });
  };
  const amounts = (rows: readonly AmountRow[], optional: boolean) =>
    rows.map(([key, label, help]) => (
      <MoneyField
        key={key}
        label={t(label)}
        help={t(help)}
        value={settings[key]}
        optional={optional}
        onChange={(amount) => set(key, amount)}
      />
    ));
  return (
    <main
      className="page"
      aria-label={t('Settings')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const [backup] = event.dataTransfer.files;
        if (!backup) return;
        event.preventDefault();
        workspace.setState({ backup });
        goToPart('backup');
      }}
    >
      <header className="page__head">
        <div>
          <h1>{t('Settings')}</h1>
          <p className="page__lead">
            {t(
              'All amounts in US dollars. They stay on this computer and change no picture, only what the audit counts and where spending stops.',
            )}
          </p>
        </div>
        <nav className="page__tools" aria-label={t('Parts of the settings')}>
          {PARTS.map(([id, name]) => (
            <a key={id} className="link" href={linkTo({ screen: 'settings', at: id })} onClick={() => goToPart(id)}>
              {t(name)}
            </a>
          ))}
        </nav>
      </header>
      <SettingsPart id="language" name={t('Theme and language')} at={at}>
        <div className="setting">
          <label htmlFor="theme">{t('Theme')}</label>
          <select
            id="theme"
            className="field"
            value={theme}
            onChange={({ target }) => workspace.setView({ theme: target.value as typeof theme })}
          >
            {THEMES.map(([id, name]) => (
              <option key={id} value={id}>
                {t(name)}
              </option>
            ))}
          </select>
          <p>{t('As the system has it, or always the same. Pictures look the same in both.')}</p>
        </div>
        <div className="setting">
          <label htmlFor="language">{t('Language')}</label>
          <select
            id="language"
            className="field"
            value={language}
            onChange={(event) => {
              workspace.setView({ language: event.target.value });
              // Words are chosen before the page is drawn.
              location.reload();
            }}
          >
            {LANGUAGES.map((tag) => (
              <option key={tag} value={tag} lang={tag}>
                {nameOfLanguage(tag)}
              </option>
            ))}
          </select>
          <p>{t('Graphs and prompts stay as they are.')}</p>
        </div>
      </SettingsPart>
      <SettingsPart id="limits" name={t('Money limits')} at={at}>
        {amounts(LIMITS, true)}
        <MonthSoFarLine />
      </SettingsPart>
      <ProviderSettings at={at} />
      <StorageSettings at={at} />
      <BackupSettings at={at} />
      <SettingsPart id="rates" name={t('What time and credits cost')} at={at}>
        {amounts(RATES, false)}
        {sellers.map((provider) => (
          <MoneyField
            key={provider}
            label={t('A credit at {0}', serviceName(providers, provider))}
            help={t('Its list counts in credits. Without a rate, its prices are unknown.')}
            value={settings.book.creditRates[provider]}
            optional
            empty={t('unknown')}
            onChange={(amount) => {
              void commands.changeSettings((before) => {
                const { [provider]: _, ...rest } = before.book.creditRates;
                return {
                  ...before,
                  book: { ...before.book, creditRates: amount === undefined ? rest : { ...rest, [provider]: amount } },
                };
              });
            }}
          />
        ))}
      </SettingsPart>
    </main>
  );
}
