import * as v from 'valibot';
import {
  AccountsFailed,
  InputRejected,
  isCloudError,
  NO_ANSWER,
  NoAccountInScope,
} from '../../workflows/onboarding/errors.ts';
import { parseBackfillInput } from '../../workflows/onboarding/parse-backfill.ts';
import type { Ports, Retry } from '../../workflows/onboarding/ports.ts';
import { withRetries } from '../../workflows/onboarding/retry.ts';
import { onboard } from '../../workflows/onboarding/run.ts';
import type { CommandContext } from '../command.ts';
import { ExplainedError } from '../errors.ts';
import { readRetryContext } from '../retry-reads.ts';
import { type PlanAnswer, planAnswer } from './plan-view.ts';

/** The input of the function `backfill`, as its contract has it. */
export interface BackfillPayload {
  readonly accounts?: readonly string[];
  readonly folder?: string;
  readonly exclude?: readonly string[];
}

export interface StartedRun {
  /** Finds its results. */
  readonly followId: string;
  /** A run in this process; rejects when it ends without an entry of its own in the log store. */
  readonly running?: Promise<void>;
  /** Of a run in this process: the call that it last made again. */
  readonly lastRetry?: () => TimedRetry | undefined;
}

export interface TimedRetry extends Retry {
  /** When the next try is due, in milliseconds since 1970. */
  readonly dueAtMs: number;
}

/** Where a backfill runs. Both look first, so that a repeat costs a few reads. */
export interface Runner {
  /** What it is, in a sentence's middle: `the function backfill`. */
  readonly where: string;
  /** A dry run: changes nothing. */
  plan(payload: BackfillPayload, timeoutMs: number): Promise<PlanAnswer>;
  /** A run in this process records what it has by the end of `waitMs`; others have their own time. */
  start(payload: BackfillPayload, waitMs: number): Promise<StartedRun>;
}

const START_TIMEOUT_MS = 30_000;

/** A function that is deployed: `name` on Function Compute 3.0, `service/name` on 2.0. */
export function deployedRunner(
  functionName: string,
  { operator, output, texts }: CommandContext,
): Runner {
  const where = texts.run.where.function(functionName);
  return {
    where,

    async plan(payload, timeoutMs) {
      const invoker = await operator.invoker(functionName);
      const retry = await readRetryContext(operator);
      const { clock } = operator;
      const deadlineMs = clock.now() + timeoutMs;
      // One try may take all the time: a directory of thousands is listed within it.
      const { answer } = await withRetries(
        () =>
          invoker.invoke(
            { ...payload, dryRun: true },
            { timeoutMs: Math.max(1, deadlineMs - clock.now()) },
          ),
        { ...retry, deadlineMs },
      );
      return readPlan(answer, where);
    },

    async start(payload) {
      const invoker = await operator.invoker(functionName);
      const taskId = `onboard-${operator.newId()}`;
      try {
        const { requestId } = await invoker.start(payload, taskId, { timeoutMs: START_TIMEOUT_MS });
        if (requestId !== undefined) return { followId: requestId };
      } catch (error) {
        if (isCloudError(error) && error.code === NO_ANSWER) {
          output.note(texts.run.startIsUncertain);
        }
        throw error;
      }
      throw new ExplainedError(({ run }) => run.startIsNameless);
    },
  };
}

/** This process, with the operator's own credentials. */
export function localRunner({ operator, texts }: CommandContext): Runner {
  const where = texts.run.where.here;
  async function run(
    payload: BackfillPayload & { readonly dryRun?: boolean },
    timeoutMs: number,
    told: Pick<Ports, 'onRetry'> & Partial<Pick<Ports, 'newRunId'>>,
  ) {
    const [connected, settings, managementAccountId] = await Promise.all([
      operator.onboarding(),
      operator.settings(),
      operator.managementAccountId(),
    ]);
    const ports = { ...connected, ...told };
    return onboard(parseBackfillInput(Buffer.from(JSON.stringify(payload))), ports, settings, {
      managementAccountId,
      startedAtMs: ports.clock.now(),
      timeoutMs,
    });
  }

  return {
    where,
    plan: async (payload, timeoutMs) =>
      readPlan(
        await run({ ...payload, dryRun: true }, timeoutMs, { onRetry: operator.retrying }),
        where,
      ),
    async start(payload, waitMs) {
      const followId = operator.newId();
      let lastRetry: TimedRetry | undefined;
      const onRetry = (retry: Retry) => {
        lastRetry = { ...retry, dueAtMs: operator.clock.now() + retry.waitMs };
      };
      const running = run(payload, waitMs, { onRetry, newRunId: () => followId }).then(
        () => undefined,
        (error: unknown) => {
          if (!isRecorded(error)) throw error;
        },
      );
      // Whoever watches it sees the rejection; it must not end the process before.
      running.catch(() => undefined);
      return { followId, running, lastRetry: () => lastRetry };
    },
  };
}

/** The run's own entry in the log store says so, too. */
function isRecorded(error: unknown): boolean {
  return (
    error instanceof AccountsFailed ||
    error instanceof NoAccountInScope ||
    error instanceof InputRejected
  );
}

function readPlan(answer: unknown, who: string): PlanAnswer {
  const parsed = v.safeParse(planAnswer, answer);
  if (parsed.success) return parsed.output;
  throw new ExplainedError(({ run }) => run.noPlan(who));
}
