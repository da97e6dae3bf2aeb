import { once } from 'node:events';
import { connect } from '../../../alicloud/connect.ts';
import { parseSettings } from '../../../alicloud/settings.ts';
import { createHandler, type FunctionContext, type Handler } from '../../../functions/handler.ts';
import type {
  Instance,
  InstanceOptions,
  InstanceRequest,
} from '../../../sandbox/src/services/function-compute/instance.ts';
import {
  answeredOutcome,
  type Ended,
  endedOutcome,
} from '../../../sandbox/src/services/function-compute/outcomes.ts';
import { parseBackfillInput } from '../../../workflows/onboarding/parse-backfill.ts';
import { parseAccountEvents } from '../../../workflows/onboarding/parse-event.ts';
import type { ParsedInput } from '../../../workflows/onboarding/payload.ts';

const PARSERS: Readonly<Record<string, (event: Uint8Array, accountId: string) => ParsedInput>> = {
  'onboard-account': parseAccountEvents,
  backfill: parseBackfillInput,
};

/**
 * An instance without a process: our function's own handler, with the environment, the credentials
 * and the time limit that Function Compute gives it. It is not frozen, and what was killed or has timed
 * out goes on behind, unseen; what depends on that starts processes. Starting one costs nothing.
 */
export function startInstanceInProcess({ id, environment, onLine }: InstanceOptions): Instance {
  const end = new AbortController();
  const reason = once(end.signal, 'abort').then((): 'killed' | 'timed-out' => end.signal.reason);

  return {
    id,
    ended: reason.then(() => {}),
    isAlive: () => !end.signal.aborted,
    kill: () => end.abort('killed'),
    timeOut: () => end.abort('timed-out'),
    async run(request) {
      const startedMs = performance.now();
      const stdout: string[] = [];
      const handler = handlerOf(environment, (line) => {
        stdout.push(line);
        onLine(line, 'stdout', request.requestId);
      });
      const outcome = await endOf(handler, request, reason);
      const durationMs = Math.round(performance.now() - startedMs);
      return { ...outcome, durationMs, stdout, stderr: [] };
    },
  };
}

function handlerOf(
  environment: Readonly<Record<string, string>>,
  printLine: (line: string) => void,
): Handler {
  const parse = PARSERS[environment.FC_FUNCTION_NAME ?? ''];
  if (parse === undefined) throw new Error(`${environment.FC_FUNCTION_NAME} is none of ours.`);
  return createHandler(parse, {
    readSettings: (region) => parseSettings(environment, region),
    connect: (...given) => ({ ...connect(...given), printLine }),
  });
}

async function endOf(
  handler: Handler,
  { payload, context, timeoutMs }: InstanceRequest,
  ended: Promise<'killed' | 'timed-out'>,
): Promise<Ended> {
  const answered = handler(payload, contextOf(context)).then((answer) =>
    answeredOutcome({ ok: true }, Buffer.from(JSON.stringify(answer))),
  );
  try {
    return await Promise.race([answered, ended.then((why) => endedOutcome(why, timeoutMs))]);
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const head = { ok: false, errorType: error.name, errorMessage: error.message };
    return answeredOutcome(head, Buffer.alloc(0));
  }
}

/** As the runtime hands it over: JSON in the shape that is documented. */
function contextOf(context: InstanceRequest['context']): FunctionContext {
  return JSON.parse(JSON.stringify(context));
}
