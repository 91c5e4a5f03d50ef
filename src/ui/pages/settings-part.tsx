/** One part of the settings, which links lead to. */
import { useEffect, type ReactNode } from 'react';
import { goToElement } from './meant.ts';

const idOf = (part: string) => `settings-${part}`;

/** Also where the address names it already. */
export const goToPart = (part: string): void => goToElement(document.getElementById(idOf(part)), 'start');

/** `id`: as the address names it. `at`: what the address names now. */
export function SettingsPart({
  id,
  name,
  at,
  className = 'panel settings__panel',
  isBusy = false,
  children,
}: {
  readonly id: string;
  readonly name: string;
  readonly at: string | undefined;
  readonly className?: string;
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}) {
  const isMeant = at === id;
  useEffect(() => {
    if (isMeant) goToPart(id);
  }, [isMeant, id]);
  return (
    <section id={idOf(id)} className={className} aria-label={name} aria-busy={isBusy} tabIndex={-1}>
      <h2>{name}</h2>
      {children}
    </section>
  );
}
