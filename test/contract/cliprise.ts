/** Cliprise's two calls as its documentation has them: strict about its host, and loose about the shape of answers. */
import { startDouble, type Answered, type Asked, type Double } from './double.ts';
import { madePicture } from './made-picture.ts';

export interface ClipriseDouble extends Double {
  /** How the next task goes: one answer for each question, the last one stays. */
  nextGoes(...course: readonly Readonly<Record<string, unknown>>[]): void;
}

/** Where its files lie, for whom it does not hand them out itself. */
export const ELSEWHERE = 'https://files.cliprise.app/1.png';

export async function startCliprise({ key = 'test-key', isBare = false } = {}): Promise<ClipriseDouble> {
  const tasks: { readonly sent: unknown; course: Readonly<Record<string, unknown>>[] }[] = [];
  let course: readonly Readonly<Record<string, unknown>>[] = [
    { status: 'pending' },
    { status: 'processing' },
    { status: 'success' },
  ];
  const shaped = (body: unknown): Answered => ({ body: isBare ? body : [body] });
  const refused = (msg: string): Answered => ({ body: { code: 400, msg, data: null }, isFree: true });
  const stranger: Answered = {
    status: 401,
    body: { code: 401, error: { code: 'invalid_api_key', message: 'Missing or invalid API key.' } },
  };
  const atItsHost =
    (answer: (asked: Asked) => Answered) =>
    (asked: Asked): Answered =>
      `http://${asked.headers.host}` === double.url ? answer(asked) : { status: 400, body: '' };

  function begin({ json, headers }: Asked): Answered {
    if (headers.authorization !== `Bearer ${key}`) return stranger;
    const sent = json as Readonly<Record<string, unknown>>;
    const { model, callBackUrl, input, options } = sent;
    const isAtRoot = model === 'gpt-image-1';
    const fields = (isAtRoot ? sent : input) as Readonly<Record<string, unknown>> | undefined;
    if (!String(callBackUrl).startsWith('https://')) return refused('This field is required');
    if (isAtRoot === 'input' in sent || typeof fields?.['prompt'] !== 'string')
      return refused('This field is required');
    if (options !== undefined && typeof options !== 'string') return refused('This field is wrong');
    tasks.push({ sent, course: [...course] });
    return shaped({ code: 200, taskId: `task-${tasks.length}` });
  }

  function tell({ query }: Asked): Answered {
    if (query.get('apiKey') !== key) return stranger;
    const id = query.get('taskId') ?? '';
    const task = tasks[Number(id.replace('task-', '')) - 1];
    if (!task) return { body: { code: 400, msg: 'Task not found', data: null } };
    if (query.get('download') === 'true') return { body: madePicture(task.sent) };
    const now = task.course.length > 1 ? task.course.shift()! : task.course[0]!;
    const fileURL = `${double.url}/app/cliprise/status?apiKey=${key}&taskId=${id}&download=true`;
    return shaped(now['status'] === 'success' ? { fileURL, ...now } : now);
  }

  const double = await startDouble(() => [
    { method: 'POST', path: /^\/app\/cliprise\/generate$/, at: 'submit', answer: atItsHost(begin) },
    { method: 'GET', path: /^\/app\/cliprise\/status$/, at: 'status', answer: atItsHost(tell) },
  ]);
  return Object.assign(double, { nextGoes: (...next: typeof course) => void (course = next) });
}
