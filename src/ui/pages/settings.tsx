/** What time and machines are worth, and where spending stops. */
import { useId, useState } from 'react';
import { dollars, type Micros } from '../../core/money.ts';
import type { MoneySettings } from '../../ledger/settings.ts';
import { useApp, useFact } from '../app-context.ts';

type Amount = 'runCap' | 'monthlyBudget' | 'machinePerHour' | 'personPerHour';
const ROWS: readonly (readonly [Amount, string, string])[] = [
  ['runCap', 'Most that one run may spend', 'A call that would go beyond it is not sent. Leave it empty for no limit.'],
  ['monthlyBudget', 'Most that a month may spend', 'Counted from the first of the month (UTC), over all graphs. Leave it empty for no limit.'],
  ['machinePerHour', 'An hour of this machine', 'Prices the built-in refinement: upscale, grade, sharpen and the rest.'],
  ['personPerHour', 'An hour of a person', 'Prices waiting for takes and reviewing them.'],
];

export default function Settings() {
  const { desk, commands } = useApp();
  const settings = useFact(desk, (state) => state.settings);
  const catalog = useFact(desk, (state) => state.catalog);
  const sellers = [...new Set(catalog.models.flatMap((model) => model.offers.filter((offer) => offer.price?.unit === 'credit').map((offer) => offer.provider)))];
  const set = (key: Amount, amount: Micros | undefined) => {
    const { [key]: _, ...rest } = settings;
    void commands.saveSettings({ ...rest, ...(amount === undefined ? {} : { [key]: amount }) } as MoneySettings);
  };
  return (
    <main className="page" aria-label="Settings">
      <header className="page__head">
        <div>
          <h1>Settings</h1>
          <p className="page__lead">All amounts in US dollars. They stay on this computer and change no picture, only what the audit counts and where spending stops.</p>
        </div>
      </header>
      <section className="panel" style={{ maxWidth: 720 }} aria-label="Money">
        {ROWS.map(([key, label, help]) => (
          <MoneyField key={key} label={label} help={help} value={settings[key]} optional={key === 'runCap' || key === 'monthlyBudget'} onChange={(amount) => set(key, amount)} />
        ))}
        {sellers.map((provider) => (
          <MoneyField key={provider} label={`A credit at ${provider}`} help="Its list counts in credits. Without a rate, its prices are unknown." value={settings.book.creditRates[provider]} optional onChange={(amount) => {
            const { [provider]: _, ...rest } = settings.book.creditRates;
            void commands.saveSettings({ ...settings, book: { ...settings.book, creditRates: amount === undefined ? rest : { ...rest, [provider]: amount } } });
          }} />
        ))}
      </section>
    </main>
  );
}

export function MoneyField({ label, help, value, optional, onChange }: { readonly label: string; readonly help: string; readonly value: Micros | undefined; readonly optional: boolean; readonly onChange: (amount: Micros | undefined) => void }) {
  const id = useId();
  const [text, setText] = useState<string>();
  const [problem, setProblem] = useState('');
  const shown = text ?? (value === undefined ? '' : String(value / 1e6));
  const commit = () => {
    if (text === undefined) return;
    try {
      if (text.trim() === '' && optional) onChange(undefined);
      else onChange(dollars(text.trim()));
      setProblem('');
      setText(undefined);
    } catch {
      setProblem(`“${text}” is not an amount; write dollars, such as 12.50.`);
    }
  };
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      <input id={id} className="field tabular" inputMode="decimal" placeholder={optional ? 'no limit' : ''} value={shown} aria-invalid={problem !== ''} onChange={(event) => setText(event.target.value)} onBlur={commit} onKeyDown={(event) => event.key === 'Enter' && commit()} />
      <p role={problem ? 'alert' : undefined}>{problem || help}</p>
    </div>
  );
}
