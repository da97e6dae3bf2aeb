import { scheduleOf } from '../../cli/doctor/all-checks.ts';
import type { Examination } from '../../cli/doctor/examine.ts';
import { findingText, showResults, whatWasFound } from '../../cli/doctor/show-results.ts';
import { EXIT, type ExitCode } from '../../cli/exit-codes.ts';
import { type DeployPorts, exitCodeOfRefusal } from './ports.ts';
import { showFindings } from './show-findings.ts';
import { blockersOf, type DueStages, dueStages, standingOf } from './stages.ts';
import { said } from './texts.ts';

export interface DeployOptions {
  /** Shows the plan, and changes nothing. */
  readonly isDryRun: boolean;
}

/**
 * Deploys this version in stages: what has to be there first, the guarantee next, the event path
 * last. A stage in which nothing differs is left out, and nothing goes on after one that failed, but
 * for the event path: without it all else works. 0: all of it is there, and as this version has it.
 * Safe to repeat.
 */
export async function deployAll(
  ports: DeployPorts,
  { isDryRun }: DeployOptions,
): Promise<ExitCode> {
  const { output, interrupted } = ports;
  stage(ports, 'plan');
  const isBuilt = (await ports.build()) === 0;
  if (!isBuilt) return exitCodeOfRefusal(ports);
  const before = await ports.look();
  const blockers = blockersOf(before.results);
  if (blockers.length > 0) {
    output.note(said.blocked);
    showFindings(blockers, ports.texts, findingText, output.note);
    return EXIT.ERROR;
  }
  const due = dueStages(before.results);
  const isPlanned = await plan(ports, before, due, isDryRun);
  if (!isPlanned) return exitCodeOfRefusal(ports);
  if (isDryRun) {
    output.line(ports.texts.setup.planOnly);
    return EXIT.ALL_COVERED;
  }
  if (!due.foundations && !due.functions && due.eventPath === 'nothing') {
    return conclude(ports, EXIT.ALL_COVERED);
  }
  output.line();
  output.paragraph(said.turnsOn);
  if (!(await ports.isWanted())) {
    output.line(said.notDeployed);
    return exitCodeOfRefusal(ports);
  }

  const failed = await work(ports, before, due);
  if (interrupted.aborted) {
    output.note(said.interrupted);
    return EXIT.INTERRUPTED;
  }
  return conclude(ports, failed ? EXIT.ERROR : EXIT.ALL_COVERED);
}

/** Whether it could be said what would be done. */
async function plan(
  ports: DeployPorts,
  { results, inspection }: Examination,
  due: DueStages,
  isDryRun: boolean,
): Promise<boolean> {
  const { output, onboard } = ports;
  if (!due.foundations) output.line(said.unchanged.foundations);
  else if ((await onboard('setup', '--dry-run', '--no-next')) !== 0) return false;

  if (due.functions) {
    output.line(said.functionsDue);
    const differing = results.filter(
      ({ check, finding }) => check.group === 'functions' && finding.state === 'wrong',
    );
    showFindings(differing, ports.texts, whatWasFound, output.line);
    output.line('');
  } else {
    output.line(said.unchanged.functions);
  }
  if (isDryRun) {
    output.line(said.rendered);
    const accountId = await inspection.managementAccountId();
    if ((await ports.functions.preview(accountId)) !== 0) return false;
  }

  if (due.eventPath === 'nothing') output.line(said.unchanged.eventPath);
  else if (due.eventPath === 'again') output.paragraph(said.eventPathAgain);
  else if ((await onboard('setup', '--event-rule', '--dry-run', '--no-next')) !== 0) {
    output.note(said.eventPathUnplanned);
    return !isDryRun;
  }
  return true;
}

/** Whether a stage failed. */
async function work(
  ports: DeployPorts,
  { inspection }: Examination,
  due: DueStages,
): Promise<boolean> {
  const { output, onboard } = ports;
  if (due.foundations) {
    stage(ports, 'foundations');
    if ((await onboard('setup', '--no-next')) !== 0) {
      return stop(ports, 'foundations');
    }
  }
  if (due.functions) {
    stage(ports, 'functions');
    if ((await ports.functions.deploy(await inspection.managementAccountId())) !== 0) {
      return stop(ports, 'functions');
    }
  }
  if (due.eventPath === 'nothing') return false;
  stage(ports, 'eventPath');
  const isGone =
    due.eventPath === 'set up' || (await onboard('setup', '--event-rule', '--remove')) === 0;
  if (isGone && (await onboard('setup', '--event-rule')) === 0) return false;
  output.note(said.permissions);
  return true;
}

/** Says what is true now, not what was tried. */
async function conclude(ports: DeployPorts, code: ExitCode): Promise<ExitCode> {
  const { output } = ports;
  stage(ports, 'doctor');
  const { results, deployment } = await ports.look();
  showResults(results, ports);
  const { schedule, eventPath, all } = standingOf(results, scheduleOf(deployment));
  output.line('');
  output.paragraph(said.schedule[schedule]);
  output.paragraph(said.eventPath[eventPath]);
  if (code !== EXIT.ALL_COVERED) {
    output.note(said.goOn);
    return code;
  }
  return EXIT_BY_PRESENCE[all];
}

const EXIT_BY_PRESENCE = {
  there: EXIT.ALL_COVERED,
  missing: EXIT.ATTENTION,
  unknown: EXIT.PENDING,
} as const;

function stop({ output }: DeployPorts, name: keyof typeof said.stages): true {
  output.note(said.stops(said.stages[name]));
  output.note(said.permissions);
  return true;
}

function stage({ output }: DeployPorts, name: keyof typeof said.stages): void {
  output.line(output.style.bold(said.stage(said.stages[name])));
}
