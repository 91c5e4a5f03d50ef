/** How long a clip is asked for, where a model makes some lengths only. */
import type { JobRequest } from './job-request.ts';

/** The smallest that is no less than what is wanted; the largest where none is. */
export const reaching = (values: readonly number[] | undefined, wanted: number): number =>
  values?.length ? (values.toSorted((a, b) => a - b).find((value) => value >= wanted) ?? Math.max(...values)) : wanted;

/** The length that a clip is asked to have, in seconds. */
export const secondsSent = ({ seconds, fields }: Pick<JobRequest, 'seconds' | 'fields'>): number | undefined =>
  seconds === undefined ? undefined : reaching(fields?.duration?.values, seconds);
