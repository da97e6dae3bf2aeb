import type { OptionOutline, Outline } from './outline.ts';

/** For `eval "$(onboard completion bash)"`. */
export function bashCompletion({ options, commands }: Outline): string {
  const all = [...options, ...commands.flatMap((command) => command.options)];
  const namesOf = (some: readonly OptionOutline[]) => some.map(({ name }) => name);
  const valued = [
    ...new Set(namesOf(all.filter(({ takesValue, values }) => takesValue && values.length === 0))),
  ];
  const chosen = options.filter(({ values }) => values.length > 0);
  const names = commands.map(({ name }) => name);
  return `_onboard() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      ${names.join('|')}) command=$word; break ;;
    esac
  done
  COMPREPLY=()
  case $previous in
${chosen.map(({ name, values }) => `    ${name}) COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$current")); return ;;`).join('\n')}
    ${valued.join('|')}) return ;;
  esac
  case $command in
${commands
  .map(
    ({ name, options: own, values }) =>
      `    ${name}) words='${[...values, ...namesOf(own), ...namesOf(options)].join(' ')}' ;;`,
  )
  .join('\n')}
    *) words='${[...names, ...namesOf(options)].join(' ')}' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _onboard onboard
`;
}
