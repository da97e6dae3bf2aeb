import { CONNECTION, ENVIRONMENT, type EnvironmentName } from './environment.ts';
import type { Style } from './output.ts';
import type { RunnableCommand } from './runnable.ts';
import { displayWidth, wrapText } from './text-width.ts';

const WIDTH = 80;
const INDENT = '  ';

/** Of every command. */
const COMMON_OPTIONS = [
  { term: '-h, --help', text: 'Shows this' },
  { term: '--debug', text: 'Shows where an error came from' },
] as const;

const EXIT_CODES = [
  { term: '0', text: 'all is well: every account is covered' },
  { term: '1', text: 'the command was not used right, or something unexpected went wrong' },
  { term: '2', text: 'something failed or is overdue, and needs a person' },
  { term: '3', text: 'something is pending: look again later' },
] as const;

interface Entry {
  readonly term: string;
  readonly text: string;
}

/** `onboard --help`. */
export function renderHelp(commands: readonly RunnableCommand[], style: Style): string {
  return sections(style, [
    [
      undefined,
      paragraph(
        'Makes sure that every account of a resource directory is recorded by Cloud Config, and shows what is known about each.',
      ),
    ],
    ['Usage', [`${INDENT}onboard <command> [options]`]],
    ['Commands', entries(commands.map(({ name, summary }) => ({ term: name, text: summary })))],
    ['Options', entries([...COMMON_OPTIONS, { term: '--version', text: 'Shows the version' }])],
    ['First steps', entries(FIRST_STEPS)],
    ['Environment', environment(Object.keys(ENVIRONMENT).filter(isEnvironmentName))],
    ['Exit codes', entries(EXIT_CODES)],
    [undefined, ['onboard <command> --help says more about a command.']],
  ]);
}

const FIRST_STEPS: readonly Entry[] = [
  { term: 'onboard status', text: 'look at every member; changes nothing' },
  { term: 'onboard backfill --dry-run', text: 'see what a run would do; changes nothing' },
  { term: 'onboard backfill', text: 'do it, and watch until all are covered' },
];

/** `onboard <command> --help`. */
export function renderCommandHelp(command: RunnableCommand, style: Style): string {
  const { name, summary, description, options, examples } = command;
  const own = Object.entries(options).map(([option, { type, value, multiple, help }]) => ({
    term: `--${option}${type === 'string' ? ` ${value ?? 'VALUE'}` : ''}`,
    text: multiple === true ? `${help} (may be repeated)` : help,
  }));
  return sections(style, [
    [undefined, paragraph(`${summary}.`)],
    ['Usage', [`${INDENT}onboard ${name} [options]`]],
    [
      undefined,
      description
        .split('\n\n')
        .flatMap((text, at) => [...(at > 0 ? [''] : []), ...paragraph(text)]),
    ],
    ['Options', entries([...own, ...COMMON_OPTIONS])],
    ['Environment', environment([...CONNECTION, ...(command.environment ?? [])])],
    [
      'Examples',
      examples.flatMap(({ command: line, does }, at) => [
        ...(at === 0 ? [] : ['']),
        `${INDENT}${line}`,
        ...wrapText(does, WIDTH - 6).map((text) => style.dim(`${INDENT}${INDENT}${text}`)),
      ]),
    ],
    ['Exit codes', entries(EXIT_CODES)],
  ]);
}

type Section = readonly [title: string | undefined, lines: readonly string[]];

function sections(style: Style, all: readonly Section[]): string {
  return all
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) =>
      (title === undefined ? lines : [style.bold(title), ...lines]).join('\n'),
    )
    .join('\n\n');
}

function paragraph(text: string): string[] {
  return wrapText(text, WIDTH);
}

/** Terms on the left, their texts aligned and wrapped on the right. */
function entries(all: readonly Entry[]): string[] {
  const column = Math.max(...all.map(({ term }) => displayWidth(term))) + INDENT.length * 2;
  return all.flatMap(({ term, text }) =>
    wrapText(text, WIDTH - column).map((line, at) =>
      at === 0
        ? `${INDENT}${term.padEnd(column - INDENT.length)}${line}`
        : `${' '.repeat(column)}${line}`,
    ),
  );
}

function environment(names: readonly EnvironmentName[]): string[] {
  return entries(names.map((name) => ({ term: name, text: ENVIRONMENT[name] })));
}

function isEnvironmentName(name: string): name is EnvironmentName {
  return Object.hasOwn(ENVIRONMENT, name);
}
