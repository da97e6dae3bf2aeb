import type { OptionOutline, Outline } from './outline.ts';

/** For `onboard completion fish | source`. */
export function fishCompletion({ options, commands }: Outline): string {
  const lines = [
    'complete -c onboard -f',
    ...options.map((option) => optionLine(option)),
    ...commands.flatMap(({ name, about, options: own, values }) => [
      `complete -c onboard -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`,
      ...own
        .filter((option) => !options.some((common) => common.name === option.name))
        .map((option) => optionLine(option, name)),
      ...(values.length === 0
        ? []
        : [`complete -c onboard ${seen(name)} -a ${quoted(values.join(' '))}`]),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function optionLine(
  { name, short, about, takesValue, values }: OptionOutline,
  command?: string,
): string {
  return [
    'complete -c onboard',
    ...(command === undefined ? [] : [seen(command)]),
    ...(short === undefined ? [] : [`-s ${short.replace('-', '')}`]),
    `-l ${name.replace(/^--/, '')}`,
    ...(takesValue ? ['-x'] : []),
    ...(values.length === 0 ? [] : [`-a ${quoted(values.join(' '))}`]),
    `-d ${quoted(about)}`,
  ].join(' ');
}

function seen(command: string): string {
  return `-n '__fish_seen_subcommand_from ${command}'`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
