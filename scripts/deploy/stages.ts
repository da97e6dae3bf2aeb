import type { Check, CheckGroup } from '../../cli/doctor/check.ts';
import type { CheckResult } from '../../cli/doctor/run-checks.ts';

type Of = Pick<Check, 'group' | 'id'>;

/** Which stages have something to do. */
export interface DueStages {
  readonly foundations: boolean;
  readonly functions: boolean;
  /**
   * `again`: the rule was changed or deleted beside its stack, which can't see that, or the stack has
   * failed. It holds nothing but the rule, so it can be made anew.
   */
  readonly eventPath: 'nothing' | 'set up' | 'again';
}

/** What a stack can put right; what was changed beside it, it does not see. */
const FOUNDATIONS = ['stack', 'stack-template'];
/** Made with the foundations, before the first run needs it. */
const CONFIG_ROLE = 'cloud-config-role';

/** By what differs from this version: a stage in which nothing does is left out. */
export function dueStages(results: readonly CheckResult[]): DueStages {
  const isFine = (of: (check: Of) => boolean) =>
    results.every(({ check, finding }) => !of(check) || finding.state === 'ok');
  const isId = (...ids: readonly string[]) => isFine(({ id }) => ids.includes(id));
  const isWrong = (wanted: string) =>
    results.some(({ check, finding }) => check.id === wanted && finding.state === 'wrong');
  const isBesideStack = isId('event-stack', 'event-stack-template') && isWrong('event-rule');
  const hasFailed = results.some(
    ({ check, finding }) =>
      check.id === 'event-stack' && finding.state === 'wrong' && finding.isThere,
  );
  return {
    foundations: !isId(...FOUNDATIONS) || isWrong(CONFIG_ROLE),
    functions: !isFine(({ group }) => group === 'functions'),
    eventPath: isFine(({ group }) => group === 'events')
      ? 'nothing'
      : isBesideStack || hasFailed
        ? 'again'
        : 'set up',
  };
}

const BEFOREHAND: readonly CheckGroup[] = ['account', 'services'];

/**
 * What stands in the way of all stages: the wrong credentials or account, services that were never
 * activated, reads that are refused. Found before anything is changed.
 */
export function blockersOf(results: readonly CheckResult[]): CheckResult[] {
  return results.filter(
    ({ check, finding }) =>
      isUnread(finding) || (finding.state === 'wrong' && BEFOREHAND.includes(check.group)),
  );
}

/** `unknown` where something of it could not be read. */
export type Presence = 'there' | 'missing' | 'unknown';

/** What a deployment has come to. */
export interface Standing {
  /** The guarantee: the function of the schedule and its trigger are as this version has them. */
  readonly schedule: Presence;
  readonly eventPath: Presence;
  /** All that a deployment is about. Runs are not: the first one comes minutes later. */
  readonly all: Presence;
}

export function standingOf(results: readonly CheckResult[], schedule: ScheduleName): Standing {
  const { functionName, triggerName } = schedule;
  const presence = (of: (check: Of) => boolean): Presence => {
    const findings = results.filter(({ check }) => of(check)).map(({ finding }) => finding);
    if (findings.some(({ state }) => state === 'wrong')) return 'missing';
    return findings.every(({ state }) => state === 'ok') ? 'there' : 'unknown';
  };
  const isDeployed = presence(({ group }) => DEPLOYED.includes(group));
  return {
    schedule: presence(({ id }) => id === `function-${functionName}` || id === triggerName),
    eventPath: presence(({ group }) => group === 'events'),
    all:
      isDeployed === 'there' && results.some(({ finding }) => isUnread(finding))
        ? 'unknown'
        : isDeployed,
  };
}

const DEPLOYED: readonly CheckGroup[] = ['services', 'foundations', 'functions', 'events'];

export interface ScheduleName {
  readonly functionName: string;
  readonly triggerName: string;
}

function isUnread(finding: CheckResult['finding']): boolean {
  return finding.state === 'unknown' && finding.isUnread;
}
