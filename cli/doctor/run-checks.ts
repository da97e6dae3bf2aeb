import { isCloudError } from '../../workflows/onboarding/errors.ts';
import { type Check, type CheckContext, type Finding, unknown, unread } from './check.ts';
import { unreadable } from './unreadable.ts';

export interface CheckResult {
  readonly check: Check;
  readonly finding: Finding;
}

export interface CheckLimits {
  /** Of one check, from when what it needs is known. */
  readonly checkMs: number;
  /** Of all of them. */
  readonly totalMs: number;
}

/**
 * Makes all checks at once, each as soon as those that it needs are made, and answers in their order.
 * A check that ends too late, or needs one that has failed, is unknown. Rejects with what is no
 * `CloudError`.
 */
export async function runChecks(
  checks: readonly Check[],
  context: Omit<CheckContext, 'findingsOf'>,
  { checkMs, totalMs }: CheckLimits,
  onProgress: (made: number) => void = () => undefined,
): Promise<CheckResult[]> {
  const { texts } = context;
  const { doctor } = texts;
  const over = (limitMs: number) => unread(doctor.tooLate(Math.round(limitMs / 1000)));
  const begun = new Map<string, Promise<Finding>>();
  let made = 0;

  function findingOf(check: Check): Promise<Finding> {
    const known = begun.get(check.id);
    if (known !== undefined) return known;
    const finding = within(make(check), totalMs, over(totalMs));
    begun.set(check.id, finding);
    return finding;
  }

  async function make(check: Check): Promise<Finding> {
    const blocking = await firstBlocking(check);
    if (blocking !== undefined) return blocking;
    try {
      const running = check.run({
        ...context,
        findingsOf: (groups) =>
          Promise.all(checks.filter(({ group }) => groups.includes(group)).map(findingOf)),
      });
      return await within(running, checkMs, over(checkMs));
    } catch (error) {
      if (!isCloudError(error)) throw error;
      return unreadable(error, texts);
    }
  }

  /** Names the check that is the root of it, not the one in between. */
  async function firstBlocking({ needs }: Check): Promise<Finding | undefined> {
    const needed = needs.map((id) => byId(id));
    const findings = await Promise.all(needed.map(findingOf));
    const at = findings.findIndex(isBlocking);
    const finding = findings[at];
    const check = needed[at];
    if (finding === undefined || check === undefined) return undefined;
    const root = finding.state === 'unknown' ? (finding.because ?? check.id) : check.id;
    const rootCheck = byId(root);
    const rootFinding = await findingOf(rootCheck);
    const mark = doctor.marks[rootFinding.state];
    return unknown(doctor.because(mark, rootCheck.title(doctor.titles)), undefined, root);
  }

  function byId(id: string): Check {
    const check = checks.find((one) => one.id === id);
    if (check === undefined) throw new Error(`There is no check ${id}.`);
    return check;
  }

  return Promise.all(
    checks.map(async (check) => {
      const finding = await findingOf(check);
      made += 1;
      onProgress(made);
      return { check, finding };
    }),
  );
}

function isBlocking(finding: Finding): boolean {
  return finding.state === 'unknown' || (finding.state === 'wrong' && !finding.isThere);
}

/** What it resolves to, or else `otherwise`, after so long. */
async function within<T>(work: Promise<T>, limitMs: number, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), limitMs);
  });
  // Its late error is nobody's.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
