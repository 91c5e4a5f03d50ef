/** What the widget of a param is given. */
import type { NodeId } from '../../core/ids.ts';
import type { ParamSpec, ParamValue } from '../../core/params.ts';

export interface WidgetProps<S extends ParamSpec = ParamSpec> {
  readonly id: string;
  /** Whose param it is, where its picture can be drawn on. */
  readonly node?: NodeId;
  readonly spec: S;
  readonly value: ParamValue<S>;
  /** The node's other params, for widgets that depend on them. */
  readonly all: Readonly<Record<string, unknown>>;
  /** It has one line on a card, whatever else it shows elsewhere. */
  readonly isCompact?: boolean;
  readonly onChange: (value: ParamValue<S>) => void;
  /** Files that came at once, where each can be a row of the batch. */
  readonly onMany?: (files: readonly File[]) => void;
}
