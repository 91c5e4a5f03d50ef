/** Workflows of a person's own, on the card of ComfyUI: added by choosing, dropping or pasting one, changed, removed. */
import { Plus } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useState, type DragEvent } from 'react';
import type { Failure } from '../../core/errors.ts';
import { newOwnModel, type OwnModel } from '../../routing/own-model.ts';
import type { ReadWorkflow } from '../../routing/own-workflow.ts';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { filesOf, textOf } from '../dropped.ts';
import { isField } from '../focus.ts';
import { FileButton } from '../widgets/file-button.tsx';
import { WorkflowRefused, WORKFLOW_FILES, WorkflowSheet } from './workflow-sheet.tsx';
import './own-workflows.css';

interface Open {
  readonly read: ReadWorkflow;
  readonly model: OwnModel;
  readonly isNew: boolean;
}

export function OwnWorkflows() {
  const { desk, commands } = useApp();
  const models = useFact(desk, (state) => state.ownModels);
  const [open, setOpen] = useState<Open>();
  const [isReading, setReading] = useState(false);
  const [isOver, setOver] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const heading = useId();

  const read = async (given: File | string): Promise<ReadWorkflow | undefined> => {
    setReading(true);
    setFailure(undefined);
    const result = await commands.readWorkflow(given);
    setReading(false);
    if (result?.ok) return result.value;
    setFailure(result?.error);
    return undefined;
  };
  const add = async (given: File | string) => {
    const found = await read(given);
    if (!found) return;
    const name = typeof given === 'string' ? t('My workflow') : given.name.replace(/\.[^.]*$/, '');
    const { work, workflow } = found;
    const model = newOwnModel(name, work, workflow, desk.getState().ownModels);
    setOpen({ read: found, model, isNew: true });
  };
  const change = async (model: OwnModel) => {
    // Read as it is stored: what else could be chosen is found anew, and ComfyUI may have other nodes by now.
    const found = await read(JSON.stringify(model.workflow.graph));
    if (found) setOpen({ read: found, model, isNew: false });
  };
  const take = (data: DataTransfer) => {
    const text = textOf(data);
    void filesOf(data).then(([file]) => (file || text.trim() !== '' ? add(file ?? text) : undefined));
  };
  const pasted = useEffectEvent(({ target, clipboardData }: ClipboardEvent) => {
    if (clipboardData && !open && !isField(target as Element)) take(clipboardData);
  });
  useEffect(() => {
    window.addEventListener('paste', pasted);
    return () => window.removeEventListener('paste', pasted);
  }, []);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      className="own-workflows"
      aria-labelledby={heading}
      aria-busy={isReading}
      data-over={isOver}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer);
      }}
    >
      <h4 id={heading}>{t('Your workflows')}</h4>
      {models.length > 0 && (
        <ul>
          {models.map((model) => (
            <li key={model.id}>
              <span className="own-workflows__name">
                {model.name} <span className="muted">{t(model.work)}</span>
              </span>
              <button
                className="button button--quiet"
                type="button"
                aria-label={t('Change “{0}”', model.name)}
                aria-disabled={isReading}
                onClick={() => void (isReading || change(model))}
              >
                {t('Change')}
              </button>
              <button
                className="button button--quiet"
                type="button"
                aria-label={t('Remove “{0}”', model.name)}
                onClick={() => void commands.removeOwnModel(model)}
              >
                {t('Remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="own-workflows__add">
        {/* Not disabled meanwhile: the sheet gives the focus back to where it was when it opened. */}
        <FileButton
          of={t('Workflow file')}
          accept={WORKFLOW_FILES}
          aria-disabled={isReading}
          onFiles={([file]) => void add(file)}
        >
          <Plus size={14} aria-hidden /> {t('Add a workflow')}
        </FileButton>
        <span className="muted">{isReading ? t('It is being read…') : t('or drop or paste one here')}</span>
      </div>
      {failure && <WorkflowRefused failure={failure} />}
      {open && <WorkflowSheet {...open} onClose={() => setOpen(undefined)} />}
    </section>
  );
}
