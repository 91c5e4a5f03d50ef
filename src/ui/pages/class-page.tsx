/** The teacher's page: results of learners, checks in columns, a note on each. */
import { Check, Download, FolderOpen, SkipForward, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { fileName } from '../../core/file-name.ts';
import { classCsv, missingChecks, type ClassLine, type ClassTable } from '../../lessons/class-table.ts';
import { toldIn, type Text } from '../../lessons/lesson.ts';
import { useApp } from '../app-context.ts';
import { goTo, linkTo } from '../navigation.ts';
import { FileButton } from '../widgets/file-button.tsx';
import { tip } from '../widgets/tip.ts';
import { locale, t } from '../../words/t.ts';
import './class-page.css';

/** The same in every language. */
const RUN_AGAIN = 'npm run triptych -- lesson *.result.json';
const inOwnLanguage = (text: Text): string => toldIn(text, locale().slice(0, 2));

export default function ClassPage() {
  const { commands } = useApp();
  const [tables, setTables] = useState<readonly ClassTable[]>();
  const refresh = useCallback(() => void commands.handedIn().then((found) => found && setTables(found)), [commands]);
  useEffect(refresh, [refresh]);
  const takeIn = async (files: readonly File[]) => {
    if (files.length > 0) await commands.takeResults(files);
    refresh();
  };
  return (
    <main
      className="page"
      aria-busy={!tables}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void takeIn([...event.dataTransfer.files]);
      }}
    >
      <header className="page__head">
        <div>
          <h1>{t('Class')}</h1>
          <p className="page__lead">
            {t(
              'Drop the result files of your learners here, any number. They stay in this browser, and so do your notes.',
            )}{' '}
            <a className="link" href={linkTo({ screen: 'lessons' })}>
              {t('To the lessons')}
            </a>
          </p>
        </div>
        <div className="page__tools">
          <FileButton
            className="button button--primary"
            of={t('Result files')}
            accept=".json,application/json"
            isMany
            onFiles={(files) => void takeIn(files)}
          >
            <FolderOpen size={14} aria-hidden /> {t('Take in results')}
          </FileButton>
        </div>
      </header>
      {tables?.length === 0 && (
        <p className="empty">
          {t('Nothing was handed in yet. On the page of lessons, “Hand in” makes a result file of a lesson.')}
        </p>
      )}
      {tables?.map((table) => (
        <Lesson key={`${table.lesson.id} ${table.lesson.version}`} table={table} onChanged={refresh} />
      ))}
    </main>
  );
}

function Lesson({ table, onChanged }: { readonly table: ClassTable; readonly onChanged: () => void }) {
  const { commands } = useApp();
  const { lesson, checks, lines } = table;
  const title = inOwnLanguage(lesson.title);
  return (
    <section className="panel class" aria-label={title}>
      <header className="class__head">
        <h2>{title}</h2>
        <span className="muted tabular">
          {t('version {0}, {1} {1|learner|learners}', lesson.version, lines.length)}
        </span>
        <span className="topbar__space" />
        <button
          className="button"
          type="button"
          onClick={() => commands.exportCsv(classCsv(table), fileName(`class-${lesson.id}`, '.csv'))}
        >
          <Download size={14} aria-hidden /> {t('CSV')}
        </button>
      </header>
      <div className="class__scroll" tabIndex={0} role="group" aria-label={t('Learners and checks')}>
        <table className="class__table">
          <thead>
            <tr>
              <th scope="col">{t('Learner')}</th>
              <th scope="col">{t('Note')}</th>
              <th scope="col">{t('Minutes')}</th>
              <th scope="col">{t('Hints')}</th>
              {checks.map(({ step, id, title: check, stepTitle }) => (
                <th key={`${step} ${id}`} scope="col" className="class__check">
                  <small className="muted">{inOwnLanguage(stepTitle)}</small> {inOwnLanguage(check)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Learner key={line.id} line={line} onChanged={onChanged} />
            ))}
          </tbody>
        </table>
      </div>
      <Missing table={table} />
      <Pictures lines={lines} />
      <p className="muted class__again">
        {t('Whether all of it holds when it is run again says')} <code>{RUN_AGAIN}</code>
      </p>
    </section>
  );
}

/** The list to go through with the class: each check with those who have not passed it. */
function Missing({ table }: { readonly table: ClassTable }) {
  const missing = missingChecks(table);
  if (missing.length === 0) return <p className="class__all">{t('Everybody has passed every check.')}</p>;
  return (
    <details className="class__missing" open>
      <summary>{t('Who is missing what')}</summary>
      <ul>
        {missing.map(({ check, learners }) => (
          <li key={`${check.step} ${check.id}`}>
            <span className="tabular muted">{t('{0} of {1}', learners.length, table.lines.length)}</span>{' '}
            <strong>{inOwnLanguage(check.title)}</strong> {learners.join(', ')}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What came out of the last task, beside each other. */
function Pictures({ lines }: { readonly lines: readonly ClassLine[] }) {
  const shown = lines.filter(({ pictures }) => pictures.length > 0);
  if (shown.length === 0) return null;
  return (
    <section className="class__pictures" aria-label={t('Pictures of the last task')}>
      <h3>{t('The last task, side by side')}</h3>
      <div>
        {shown.map(({ id, pictures, result: { learner } }) => (
          <figure key={id}>
            <div>
              {pictures.map((source, at) => (
                <img key={at} src={source} alt={t('Last task of {0}, {1}', learner, at + 1)} decoding="async" />
              ))}
            </div>
            <figcaption>{learner}</figcaption>
          </figure>
        ))}
      </div>
    </section>
  );
}

function Learner({ line, onChanged }: { readonly line: ClassLine; readonly onChanged: () => void }) {
  const { commands } = useApp();
  const { id, note, isEdited, cells, minutes, hints, result } = line;
  const open = async (step: string) => {
    const graph = await commands.openHandedIn(id, step);
    if (graph) goTo({ screen: 'graph', id: graph });
  };
  const words = { passed: t('passed'), open: t('open'), skipped: t('skipped'), none: t('not in this version') };
  return (
    <tr>
      <th scope="row">
        {result.learner}{' '}
        {isEdited && (
          <span className="badge badge--bad" {...tip(t('Its hash is not that of what it says.'))}>
            {t('changed afterwards')}
          </span>
        )}
        <div className="class__tools">
          {result.graphs.map(({ step }, at) => (
            <button
              key={step}
              className="button"
              type="button"
              aria-label={t('Look at graph {0} of {1}', at + 1, result.learner)}
              onClick={() => void open(step)}
            >
              {t('Graph {0}', at + 1)}
            </button>
          ))}
          <button
            className="button button--icon"
            type="button"
            aria-label={t('Remove the result of {0}', result.learner)}
            onClick={() => void commands.removeResult(id).then(onChanged)}
          >
            <Trash2 size={14} aria-hidden />
          </button>
        </div>
      </th>
      <td>
        <textarea
          className="field class__note"
          rows={1}
          maxLength={2000}
          aria-label={t('Note on {0}', result.learner)}
          defaultValue={note}
          onBlur={({ target }) => target.value !== note && void commands.noteOn(id, target.value).then(onChanged)}
        />
      </td>
      <td className="tabular">{minutes}</td>
      <td className="tabular">{hints}</td>
      {cells.map((cell, at) => (
        <td key={at} className="class__cell" data-cell={cell}>
          {cell === 'passed' && <Check size={15} aria-hidden />}
          {cell === 'skipped' && <SkipForward size={13} aria-hidden />}
          {(cell === 'open' || cell === 'none') && <span aria-hidden>–</span>}
          <span className="unseen">{words[cell]}</span>
        </td>
      ))}
    </tr>
  );
}
