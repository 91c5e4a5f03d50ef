/** A node's params in a few words, for its card. */
import type { NodeFace } from '../core/node.ts';
import { isShown, parseParams, type ParamSpec } from '../core/params.ts';
import { inFigures, t } from '../words/t.ts';

export function summaryOf(definition: NodeFace, params: Readonly<Record<string, unknown>>): string {
  // Damaged values are no words; what stands in their place is.
  const values: Readonly<Record<string, unknown>> = parseParams(definition.params, params).values;
  return Object.entries(definition.params)
    .filter(([, spec]) => isShown(spec, values))
    .map(([name, spec]) =>
      spec.kind === 'text' && name === 'negative' && values[name]
        ? t('without {0}', values[name] as string)
        : valueInWords(spec, values[name]),
    )
    .filter(Boolean)
    .join(' · ');
}

export function valueInWords(spec: ParamSpec, value: unknown): string {
  switch (spec.kind) {
    case 'text':
      return value as string;
    case 'int':
    case 'float':
      return `${spec.label} ${inFigures(value as number)}${spec.unit ? ` ${spec.unit}` : ''}`;
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
    case 'list':
      return '';
    default:
      return spec satisfies never;
  }
}
