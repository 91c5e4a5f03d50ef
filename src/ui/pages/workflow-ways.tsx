/** What can be made of a ComfyUI workflow that is looked at: a graph, where all of it has counterparts, or a model. */
import { Boxes, Workflow } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Failure, Result } from '../../core/errors.ts';
import type { Conversion } from '../../file/comfyui-conversion.ts';
import { newOwnModel, type OwnModel } from '../../routing/own-model.ts';
import type { ReadWorkflow } from '../../routing/own-workflow.ts';
import { t, tell } from '../../words/t.ts';
import { useApp } from '../app-context.ts';
import { ConversionSheet } from './conversion-sheet.tsx';
import { WorkflowRefused, WorkflowSheet } from './workflow-sheet.tsx';
import './workflow-ways.css';

export function WorkflowWays({ name, text }: { readonly name: string; readonly text: string }) {
  const { commands, desk } = useApp();
  const [conversion, setConversion] = useState<Result<Conversion>>();
  const [isReporting, setReporting] = useState(false);
  const [model, setModel] = useState<{ readonly read: ReadWorkflow; readonly model: OwnModel }>();
  const [refused, setRefused] = useState<Failure>();
  useEffect(() => {
    let isHere = true;
    void commands.convertWorkflow(text).then((found) => isHere && setConversion(found));
    return () => void (isHere = false);
  }, [commands, text]);
  const offerAsModel = async () => {
    const read = await commands.readWorkflow(text);
    setRefused(read?.ok === false ? read.error : undefined);
    if (!read?.ok) return;
    const { work, workflow } = read.value;
    setModel({ read: read.value, model: newOwnModel(name, work, workflow, desk.getState().ownModels) });
  };
  const found = conversion?.ok ? conversion.value : undefined;
  return (
    <div className="workflow-ways">
      <div className="workflow-ways__buttons">
        <button className="button" type="button" onClick={() => void offerAsModel()}>
          <Boxes size={14} aria-hidden /> {t('Use as a model…')}
        </button>
        {found?.is === 'graph' && (
          <button className="button button--primary" type="button" onClick={() => setReporting(true)}>
            <Workflow size={14} aria-hidden /> {t('Convert to a graph…')}
          </button>
        )}
      </div>
      {found?.is === 'lacking' && (
        <p className="muted" role="status">
          {t(
            'It cannot be converted to a graph: {0} {0|kind of node has|kinds of nodes have} no counterpart here: {1}.',
            found.types.length,
            found.types.map(({ type, count }) => (count > 1 ? `${type} × ${count}` : type)).join(', '),
          )}
        </p>
      )}
      {conversion?.ok === false && (
        <p className="muted" role="status">
          {t('It cannot be converted to a graph: {0}', tell(conversion.error.message))}
        </p>
      )}
      {refused && <WorkflowRefused failure={refused} />}
      {isReporting && found?.is === 'graph' && (
        <ConversionSheet name={name} converted={found} onClose={() => setReporting(false)} />
      )}
      {model && <WorkflowSheet {...model} isNew onClose={() => setModel(undefined)} />}
    </div>
  );
}
