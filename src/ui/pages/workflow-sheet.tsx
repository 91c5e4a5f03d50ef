/** Which input of a workflow takes what is asked: guessed, looked over by a person, and kept as a model. */
import { TriangleAlert } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { Failure } from '../../core/errors.ts';
import { LONGEST_TITLE } from '../../core/limits.ts';
import { WORK_KINDS, type WorkKind } from '../../core/take.ts';
import type { OwnModel } from '../../routing/own-model.ts';
import { INPUT_WORDS, type ReadWorkflow, type WorkflowInput } from '../../routing/own-workflow.ts';
import { t, tell } from '../../words/t.ts';
import { useApp } from '../app-context.ts';
import { FileButton } from '../widgets/file-button.tsx';
import { Sheet } from '../widgets/sheet.tsx';
import {
  choicesFor,
  hindrance,
  indexOfChoice,
  inputsFor,
  inputsInWords,
  inputsNotFound,
  lookedOver,
  nodeInWords,
} from './workflow-choices.ts';
import './workflow-sheet.css';

export function WorkflowSheet({
  read: first,
  model: given,
  isNew,
  onClose,
}: {
  readonly read: ReadWorkflow;
  readonly model: OwnModel;
  readonly isNew: boolean;
  readonly onClose: () => void;
}) {
  const { commands } = useApp();
  const [read, setRead] = useState(first);
  const [model, setModel] = useState(given);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const name = useRef<HTMLInputElement>(null);
  const { workflow, work } = model;
  const obstacle = hindrance(model);
  const lacking = inputsNotFound(work, read);
  const save = async () => {
    setBusy(true);
    const isKept = await commands.keepOwnModel(lookedOver(model, read));
    setBusy(false);
    if (isKept) onClose();
  };
  /** Another state of the workflow under the same name: what was chosen for the old one is guessed anew. */
  const replace = async (file: File) => {
    setBusy(true);
    const result = await commands.readWorkflow(file);
    setBusy(false);
    setFailure(result?.ok === false ? result.error : undefined);
    if (!result?.ok) return;
    setRead(result.value);
    setModel({ ...model, workflow: result.value.workflow });
  };
  return (
    <Sheet
      heading={isNew ? t('A workflow as a model') : t('Change “{0}”', given.name)}
      className="sheet sheet--wide workflow"
      begin={name}
      staysOpen
      onClose={onClose}
    >
      <form
        aria-busy={isBusy}
        onSubmit={(event) => {
          event.preventDefault();
          if (!obstacle) void save();
        }}
      >
        <Warnings read={read} />
        <div className="workflow__rows">
          <label htmlFor="workflow-name">{t('Name of the model')}</label>
          <input
            id="workflow-name"
            ref={name}
            className="field"
            required
            maxLength={LONGEST_TITLE}
            autoComplete="off"
            value={model.name}
            onChange={(event) => setModel({ ...model, name: event.target.value })}
          />
          <label htmlFor="workflow-work">{t('Kind of work')}</label>
          <select
            id="workflow-work"
            className="field"
            value={work}
            onChange={(event) => setModel({ ...model, work: event.target.value as WorkKind })}
          >
            {WORK_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(kind)}
              </option>
            ))}
          </select>
        </div>
        <h3>{t('Which input takes what is asked?')}</h3>
        <p className="muted">
          {isNew && t('These are guesses, to be looked over.')} {t('Everything else in the workflow stays as it is.')}{' '}
          {lacking.length > 0 &&
            t('Not found in it: {0}. A take that asks for this says that it was not used.', inputsInWords(lacking))}
        </p>
        <div className="workflow__rows">
          {inputsFor(work).map((input) => (
            <InputRow key={input} input={input} read={read} model={model} onChange={setModel} />
          ))}
          <label htmlFor="workflow-output">{t('The result comes from')}</label>
          <select
            id="workflow-output"
            className="field"
            value={workflow.output}
            onChange={(event) => setModel({ ...model, workflow: { ...workflow, output: event.target.value } })}
          >
            {read.outputs.map((id) => (
              <option key={id} value={id}>
                {nodeInWords(workflow.graph, id)}
              </option>
            ))}
          </select>
        </div>
        {failure && <WorkflowRefused failure={failure} />}
        <footer className="sheet__foot">
          {obstacle && (
            <p className="workflow__obstacle" role="status">
              {tell(obstacle)}
            </p>
          )}
          {!isNew && <AnotherFile isBusy={isBusy} onChoose={(file) => void replace(file)} />}
          <button className="button" type="button" onClick={onClose}>
            {t('Cancel')}
          </button>
          <button className="button button--primary" type="submit" disabled={isBusy || obstacle !== undefined}>
            {isNew ? t('Add to the models') : t('Save')}
          </button>
        </footer>
      </form>
    </Sheet>
  );
}

/** What a person should know before they use it. */
function Warnings({ read: { missing, paid } }: { readonly read: ReadWorkflow }) {
  const warnings = [
    missing === undefined && t('ComfyUI does not answer, so it is not known whether it has all of these nodes.'),
    missing !== undefined &&
      missing.length > 0 &&
      t(
        'ComfyUI lacks {0|a node|{0} nodes} of this workflow: {1}. Until {0|it is|they are} installed, no take can be made with it.',
        missing.length,
        missing.join(', '),
      ),
    paid.length > 0 &&
      t('It asks paid services through ComfyUI ({0}): what a take costs is not known.', paid.join(', ')),
  ].filter((warning) => warning !== false);
  return warnings.map((warning) => (
    <p key={warning} className="workflow__warning" role="status">
      <TriangleAlert size={14} aria-hidden />
      <span>{warning}</span>
    </p>
  ));
}

/** Nothing where nothing in the workflow could take it. */
function InputRow({
  input,
  read,
  model,
  onChange,
}: {
  readonly input: WorkflowInput;
  readonly read: ReadWorkflow;
  readonly model: OwnModel;
  readonly onChange: (model: OwnModel) => void;
}) {
  const id = useId();
  const { workflow } = model;
  const chosen = workflow.inputs[input] ?? [];
  const choices = choicesFor(workflow.graph, input, read, chosen);
  if (choices.length === 0) return null;
  const choose = (index: number) => {
    const inputs = { ...workflow.inputs, [input]: choices[index]?.places ?? [] };
    onChange({ ...model, workflow: { ...workflow, inputs } });
  };
  return (
    <>
      <label htmlFor={id} className="sentence">
        {tell(INPUT_WORDS[input])}
      </label>
      <select
        id={id}
        className="field"
        data-unused={chosen.length === 0}
        value={indexOfChoice(choices, chosen)}
        onChange={(event) => choose(Number(event.target.value))}
      >
        <option value={-1}>{t('not used')}</option>
        {choices.map(({ words }, at) => (
          <option key={words} value={at}>
            {words}
          </option>
        ))}
      </select>
    </>
  );
}

function AnotherFile({ isBusy, onChoose }: { readonly isBusy: boolean; readonly onChoose: (file: File) => void }) {
  return (
    <FileButton
      className="button button--quiet workflow__other"
      of={t('Another workflow file')}
      accept={WORKFLOW_FILES}
      disabled={isBusy}
      onFiles={([file]) => onChoose(file)}
    >
      {t('Put another file in its place')}
    </FileButton>
  );
}

/** What a file dialog offers first: pictures made by ComfyUI carry their workflow. */
export const WORKFLOW_FILES = '.json,.png,.webp,application/json';

/** Why a workflow was not taken. */
export function WorkflowRefused({ failure: { message, hint } }: { readonly failure: Failure }) {
  return (
    <p className="why why--bad" role="alert">
      {tell(message)} {hint !== undefined && tell(hint)}
    </p>
  );
}
