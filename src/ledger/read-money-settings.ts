/** Settings about money, as they were stored. */
import { isMicros, type Micros } from '../core/money.ts';
import { isRecord } from '../core/loose.ts';
import { DEFAULT_SETTINGS, type AuditedMonth, type Found, type Mark, type MoneySettings } from './money-settings.ts';

/** Stored settings, with defaults for what is missing or damaged. */
export function readSettings(raw: unknown): MoneySettings {
  const stored = (typeof raw === 'object' && raw !== null ? raw : {}) as Partial<MoneySettings>;
  const amount = (value: unknown, otherwise: Micros): Micros => (isMicros(value) ? value : otherwise);
  return {
    machinePerHour: amount(stored.machinePerHour, DEFAULT_SETTINGS.machinePerHour),
    personPerHour: amount(stored.personPerHour, DEFAULT_SETTINGS.personPerHour),
    ...(isMicros(stored.runCap) ? { runCap: stored.runCap } : {}),
    ...(isMicros(stored.monthlyBudget) ? { monthlyBudget: stored.monthlyBudget } : {}),
    book: {
      overrides: (stored.book?.overrides ?? []).filter(({ amount: own }) => isMicros(own)),
      creditRates: stored.book?.creditRates ?? {},
    },
    audited: readAudited(stored.audited),
    reviewed: readReviewed(stored.reviewed),
  };
}

function readFound(raw: unknown): Found | undefined {
  if (!isRecord(raw) || !isMicros(raw['spent']) || typeof raw['takes'] !== 'number') return undefined;
  const { deliverables } = raw;
  return {
    spent: raw['spent'],
    takes: raw['takes'],
    ...(typeof deliverables === 'number' ? { deliverables } : {}),
  };
}
function readMark(raw: unknown): Mark | undefined {
  if (!isRecord(raw) || typeof raw['at'] !== 'number') return undefined;
  return { at: raw['at'], note: typeof raw['note'] === 'string' ? raw['note'] : '' };
}
function readReviewed(raw: unknown): MoneySettings['reviewed'] {
  if (!isRecord(raw)) return {};
  const marks = Object.entries(raw).map(([graph, said]) => [graph, readMark(said)] as const);
  return Object.fromEntries(marks.flatMap(([graph, mark]): [string, Mark][] => (mark ? [[graph, mark]] : [])));
}
function readAudited(raw: unknown): MoneySettings['audited'] {
  if (!isRecord(raw)) return {};
  const months = Object.entries(raw).flatMap(([month, said]): [string, AuditedMonth][] => {
    const mark = readMark(said);
    if (!/^\d{4}-\d{2}$/.test(month) || !mark) return [];
    const found = isRecord(said) && readFound(said['found']);
    return [[month, { ...mark, ...(found && { found }) }]];
  });
  return Object.fromEntries(months);
}
