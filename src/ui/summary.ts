/** A node's params in a few words, for its card. */
import type { NodeDefinition } from '../core/node.ts';
import { parseParams, type ParamSpec } from '../core/params.ts';
import { t } from '../words/t.ts';

export function summaryOf(definition: NodeDefinition, params: Readonly<Record<string, unknown>>): string {
  // Damaged values are no words; what stands in their place is.
  const values: Readonly<Record<string, unknown>> = parseParams(definition.params, params).values;
  return Object.entries(definition.params)
    .map(([name, spec]) =>
      spec.kind === 'text' && name === 'negative' && values[name]
        ? t('without {0}', values[name] as string)
        : inWords(spec, values[name]),
    )
    .filter(Boolean)
    .join(' · ');
}

export function inWords(spec: ParamSpec, value: unknown): string {
  switch (spec.kind) {
    case 'text':
      return value as string;
    case 'int':
    case 'float':
      return `${spec.label} ${value as number}${spec.unit ? ` ${spec.unit}` : ''}`;
    case 'seed': {
      const seed = value as { mode: string; value: number };
      return `${seed.value} (${t(seed.mode)})`;
    }
    case 'file':
      return (value as { name: string } | null)?.name ?? t('no file');
    case 'toggle':
      return value ? spec.label : '';
    case 'choice':
    case 'aspect':
      return t(value as string);
    case 'curve':
    case 'variables':
      return '';
    default:
      return spec satisfies never;
  }
}

/** 850 ms, 3.2 s, 1 min 5 s. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
/** 12 kB, 3.4 MB, 1.5 GB. */
export function fileSize(bytes: number): string {
  if (bytes >= 1e9) return `${Number((bytes / 1e9).toFixed(1))} GB`;
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
