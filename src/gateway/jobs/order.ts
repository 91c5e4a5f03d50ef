/** Reads what a page orders: what is not an order is none. */
import { LONGEST_PICTURE } from '../../core/limits.ts';
import { isRecord, type Loose } from '../../core/loose.ts';
import { isMicros } from '../../core/money.ts';
import { WORK_KINDS } from '../../core/take.ts';
import { isOwnWorkflow } from '../../routing/read-own-model.ts';
import { isJobName } from './job-files.ts';
import type { JobOrder } from '../../routing/job.ts';
import type { PriceQuestion } from '../../routing/quotes.ts';

const MOST_QUESTIONS = 500;
const LONGEST_NAME = 200;
const LONGEST_PROMPT = 100_000;
const MOST_REFERENCES = 64;

const isText = (value: unknown): value is string => typeof value === 'string';
const isWhole = (value: unknown, most: number) =>
  Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= most;
const isNumber = (value: unknown) => value === undefined || (typeof value === 'number' && Number.isFinite(value));

/** `undefined`: it is none. */
export function orderIn(text: unknown): JobOrder | undefined {
  if (!isText(text)) return undefined;
  try {
    const order: unknown = JSON.parse(text);
    return isRecord(order) && isOrder(order) ? (order as unknown as JobOrder) : undefined;
  } catch {
    return undefined;
  }
}

function isOrder({ request, estimate, monthlyBudget }: Loose): boolean {
  if (estimate !== null && !isMicros(estimate)) return false;
  if (monthlyBudget !== undefined && !isMicros(monthlyBudget)) return false;
  return isRecord(request) && isRequest(request);
}

function isRequest(request: Loose): boolean {
  const {
    provider,
    model,
    work,
    prompt,
    negative,
    width,
    height,
    ratio,
    references,
    still,
    lastFrame,
    clip,
    sound,
    workflow,
  } = request;
  return (
    isText(provider) &&
    isText(model) &&
    model !== '' &&
    WORK_KINDS.includes(work as never) &&
    isText(prompt) &&
    prompt.length <= LONGEST_PROMPT &&
    (negative === undefined || (isText(negative) && negative.length <= LONGEST_PROMPT)) &&
    isWhole(width, LONGEST_PICTURE) &&
    isWhole(height, LONGEST_PICTURE) &&
    Array.isArray(ratio) &&
    ratio.length === 2 &&
    ratio.every((side) => isWhole(side, LONGEST_PICTURE)) &&
    ['seed', 'guidance', 'seconds', 'fps'].every((name) => isNumber(request[name])) &&
    [still, lastFrame, clip].every((one) => one === undefined || isAttached(one)) &&
    (sound === undefined || sound === true) &&
    Array.isArray(references) &&
    references.length <= MOST_REFERENCES &&
    references.every(isAttached) &&
    (workflow === undefined || isOwnWorkflow(workflow))
  );
}
const isAttached = (value: unknown): boolean =>
  isRecord(value) && isText(value['picture']) && isJobName(value['picture']);

/** Models whose prices are asked for; `undefined`: they are none. */
export function priceQuestionsIn(asked: unknown): readonly PriceQuestion[] | undefined {
  const isName = (value: unknown) => isText(value) && value !== '' && value.length <= LONGEST_NAME;
  const areQuestions =
    Array.isArray(asked) &&
    asked.length <= MOST_QUESTIONS &&
    asked.every((one) => isRecord(one) && isName(one['provider']) && isName(one['model']));
  return areQuestions ? (asked as readonly PriceQuestion[]) : undefined;
}
