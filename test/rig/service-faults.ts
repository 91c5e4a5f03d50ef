/** What goes wrong at a service, the same for all of them: one test each, for an adapter and its double. */
import { expect, test } from 'vitest';
import type { Adapter, JobMade, PictureFile } from '../../src/providers/adapter.ts';
import { ServiceTrouble, type TroubleKind } from '../../src/providers/service-trouble.ts';
import type { JobRequest } from '../../src/routing/job-request.ts';
import type { Double, Fault } from '../contract/double.ts';
import { accessRig, type AccessRig } from './access.ts';

/** As the job service does it: sent, then followed where there is something to follow. */
export async function makeOnce(adapter: Adapter, request: JobRequest, rig: AccessRig): Promise<JobMade> {
  const sent = await adapter.submit(request, rig.access);
  return 'made' in sent ? sent.made : adapter.follow!(sent.job, rig.access, request);
}
export async function troubleOf(promise: Promise<unknown>): Promise<ServiceTrouble> {
  const thrown = await promise.then(
    () => new Error('Nothing went wrong.'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof ServiceTrouble)) throw thrown;
  return thrown;
}

export interface FaultCase {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly kind: TroubleKind;
  readonly code?: string;
  readonly retryAfterMs?: number;
}

export function testFaults(facts: {
  readonly adapter: Adapter;
  readonly request: JobRequest;
  readonly pictures?: Readonly<Record<string, PictureFile>>;
  start(): Promise<Double>;
  /** The address a person would set. */
  baseOf(double: Double): string;
  /** By name, as the vendor answers. */
  readonly cases: Readonly<Record<string, FaultCase>>;
}): void {
  const { adapter, request, pictures = {} } = facts;
  const attempt = async (fault: Fault) => {
    const double = await facts.start();
    try {
      double.script(fault);
      const rig = accessRig(adapter, facts.baseOf(double), { pictures });
      const trouble = await troubleOf(makeOnce(adapter, request, rig));
      return { trouble, paid: double.paid, paying: rig.paying };
    } finally {
      await double.close();
    }
  };

  test.each(Object.entries(facts.cases))('%s', async (_, { kind, code, retryAfterMs, ...answer }) => {
    const { trouble, ...counted } = await attempt({ at: 'submit', ...answer });
    expect(trouble).toMatchObject({ kind, facts: { status: answer.status, ...(code ? { code } : {}) } });
    expect(trouble.facts.retryAfterMs).toBe(retryAfterMs);
    expect(counted).toEqual({ paid: 0, paying: 1 });
  });

  test.each([
    ['an answer that is not JSON', { at: 'submit', says: '<html>Welcome to the proxy</html>' }],
    ['a connection that is cut before the answer', { at: 'submit', cut: 'before answer' }],
    ['an answer that is cut in the middle', { at: 'submit', cut: 'in the middle' }],
  ] as const)('%s leaves open whether the job was taken, and it is not sent again', async (_, fault) => {
    const { trouble, ...counted } = await attempt(fault);
    expect(trouble.kind).toBe('lost');
    expect(counted).toEqual({ paid: 1, paying: 1 });
  });

  test('a service that is not there was not asked', async () => {
    const double = await facts.start();
    const base = facts.baseOf(double);
    await double.close();
    const trouble = await troubleOf(makeOnce(adapter, request, accessRig(adapter, base, { pictures })));
    expect(trouble.kind).toBe('unreachable');
  });

  test('a wrong key is found out by the cheapest call', async () => {
    const double = await facts.start();
    try {
      await expect(adapter.test(accessRig(adapter, facts.baseOf(double)).access)).resolves.toBeUndefined();
      expect(double.paid).toBe(0);
    } finally {
      await double.close();
    }
  });
}
