import * as v from 'valibot';
import type { OnboardingRequest, Trigger } from './model.ts';
import type { ParsedInput } from './payload.ts';
import { ACCOUNT_ID, describeIssues, FOLDER_ID, readPayload } from './payload.ts';

const accountId = v.pipe(
  v.string(),
  v.check((id) => ACCOUNT_ID.test(id), 'an account id of 10 to 20 digits'),
);
const accountIds = v.pipe(
  v.array(accountId),
  v.check((ids) => ids.length > 0, 'at least one account id'),
);
const folderId = v.pipe(
  v.string(),
  v.check((id) => FOLDER_ID.test(id), 'the id of a folder, fd-…, or of the root folder, r-…'),
);

const LONGEST_VERIFICATION_SECONDS = 86_400;

/** What a person, or a timer's payload, may ask for. Unknown keys are refused: they are typos. */
const backfillOptions = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value), 'an object'),
  v.strictObject({
    accounts: v.optional(accountIds),
    folder: v.optional(folderId),
    exclude: v.optional(accountIds),
    dryRun: v.optional(v.boolean(), false),
    /** Seconds; fractions allowed. */
    verifyForSeconds: v.optional(
      v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_VERIFICATION_SECONDS)),
    ),
  }),
);

/** What a timer trigger of Function Compute sends: the options stand in `payload`, as text. */
const timerEvent = v.object({ triggerTime: v.string(), triggerName: v.string() });
const timerPayload = v.object({ payload: v.optional(v.string(), '') });

/**
 * Reads the input of `backfill`, UTF-8 JSON: the options, or a timer's event around them. Nothing
 * at all asks for every member. Never throws: what can't be used comes back with its reason.
 */
export function parseBackfillInput(payload: Uint8Array): ParsedInput {
  const input = readPayload('The input', payload.length === 0 ? '{}' : payload);
  if (!input.ok) return rejected('manual', input.reason);
  return v.is(timerEvent, input.value)
    ? parseTimerEvent(input.value)
    : parseOptions('manual', 'The input', input.value);
}

function parseTimerEvent(event: unknown): ParsedInput {
  const timer = v.safeParse(timerPayload, event);
  if (!timer.success) {
    return rejected(
      'schedule',
      `The timer's event can't be used: ${describeIssues(timer.issues)}.`,
    );
  }
  const what = "The timer's payload";
  const options = readPayload(what, timer.output.payload || '{}');
  return options.ok
    ? parseOptions('schedule', what, options.value)
    : rejected('schedule', options.reason);
}

function parseOptions(trigger: Trigger, what: string, value: unknown): ParsedInput {
  const parsed = v.safeParse(backfillOptions, value);
  if (!parsed.success) {
    return rejected(trigger, `${what} can't be used: ${describeIssues(parsed.issues)}.`);
  }
  return { request: toRequest(trigger, parsed.output), unused: [] };
}

function toRequest(
  trigger: Trigger,
  { accounts, folder, exclude, dryRun, verifyForSeconds }: v.InferOutput<typeof backfillOptions>,
): OnboardingRequest {
  return {
    trigger,
    scope: {
      kind: 'directory',
      accountIds: accounts,
      folderId: folder,
      excludedAccountIds: exclude ?? [],
    },
    events: [],
    dryRun,
    verifyForMs: verifyForSeconds === undefined ? undefined : verifyForSeconds * 1000,
  };
}

function rejected(trigger: Trigger, reason: string): ParsedInput {
  return { unused: [{ outcome: 'rejected', trigger, reason }] };
}
