/** Figures in rows, each with a name that explains itself. */
import { tipToStopAt } from '../widgets/tip.ts';
import './figures-table.css';

interface FiguresRow {
  readonly name: string;
  /** What it is and how it is measured, in plain words. */
  readonly meaning?: string;
  readonly values: readonly string[];
  /** It is over its limit. */
  readonly isFound?: boolean;
}

export function FiguresTable({
  heads,
  rows,
}: {
  readonly heads: readonly string[];
  readonly rows: readonly FiguresRow[];
}) {
  return (
    <div className="measures__frame">
      <table className="measures tabular">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, meaning, values, isFound = false }) => (
            <tr key={name} data-found={isFound}>
              <th scope="row">
                {meaning ? (
                  <span className="measures__name" {...tipToStopAt(meaning)}>
                    {name}
                  </span>
                ) : (
                  name
                )}
              </th>
              {values.map((value, at) => (
                <td key={at}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
