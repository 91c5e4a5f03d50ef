/** The report of a conversion, before anything is made: what each node becomes, and what will not be as it was. */
import { useState } from 'react';
import type { ConvertedWorkflow } from '../../file/comfyui-conversion.ts';
import { t, tell } from '../../words/t.ts';
import { useApp } from '../app-context.ts';
import { Sheet } from '../widgets/sheet.tsx';
import './conversion-sheet.css';

export function ConversionSheet({
  name,
  converted: { graph, became, changed },
  onClose,
}: {
  readonly name: string;
  readonly converted: ConvertedWorkflow;
  readonly onClose: () => void;
}) {
  const { commands } = useApp();
  const [isBusy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    await commands.openConverted(graph, name);
    setBusy(false);
  };
  return (
    <Sheet heading={t('“{0}” as a graph', name)} className="sheet sheet--wide conversion" begin="top" onClose={onClose}>
      <p className="muted">
        {t(
          '{0} {0|node|nodes} and {1} {1|wire|wires}. The workflow itself stays as it is.',
          Object.keys(graph.nodes).length,
          Object.keys(graph.wires).length,
        )}
      </p>
      <h3>{t('What becomes what')}</h3>
      <table className="conversion__rows">
        <thead>
          <tr>
            <th scope="col">{t('In ComfyUI')}</th>
            <th scope="col">{t('Here')}</th>
          </tr>
        </thead>
        <tbody>
          {became.map(({ type, count, words }) => (
            <tr key={type}>
              <th scope="row">
                {type}
                {count > 1 && <span className="muted tabular"> × {count}</span>}
              </th>
              <td>{tell(words)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changed.length > 0 && (
        <>
          <h3>{t('What is not as it was')}</h3>
          <ul className="conversion__changes">
            {changed.map((sentence, at) => (
              <li key={at}>{tell(sentence)}</li>
            ))}
          </ul>
        </>
      )}
      <footer className="sheet__foot">
        <button className="button" type="button" onClick={onClose}>
          {t('Cancel')}
        </button>
        <button className="button button--primary" type="button" disabled={isBusy} onClick={() => void make()}>
          {t('Make the graph')}
        </button>
      </footer>
    </Sheet>
  );
}
