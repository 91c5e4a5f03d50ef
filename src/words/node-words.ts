/** Nodes in the chosen language: their names and explanations, never their ids. */
import type { NodeFace, Registry } from '../core/node.ts';
import type { ParamSpec } from '../core/params.ts';
import { t } from './t.ts';

const each = <T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

export function inLanguage(registry: Registry): Registry {
  return new Map(
    [...registry].map(([id, definition]): [string, NodeFace] => [
      id,
      {
        ...definition,
        title: t(definition.title),
        summary: t(definition.summary),
        inputs: each(definition.inputs, (socket) => ({ ...socket, label: t(socket.label) })),
        outputs: each(definition.outputs, (socket) => ({ ...socket, label: t(socket.label) })),
        params: each(definition.params, paramInLanguage),
      },
    ]),
  );
}

const paramInLanguage = <S extends ParamSpec>(param: S): S => ({
  ...param,
  label: t(param.label),
  ...(param.help ? { help: t(param.help) } : {}),
  ...(param.kind === 'list' ? { add: t(param.add), fields: each(param.fields, paramInLanguage) } : {}),
});
