import type { OptionOutline, Outline } from './outline.ts';

/** For `eval "$(onboard completion zsh)"`, or as the file `_onboard` in a folder of `$fpath`. */
export function zshCompletion({ options, commands }: Outline): string {
  return `#compdef onboard
_onboard() {
  local -a common commands
  common=(
${options.map((option) => `    ${argument(option)}`).join('\n')}
  )
  commands=(
${commands.map(({ name, about }) => `    ${quoted(`${name}:${about}`)}`).join('\n')}
  )
  local context state line
  _arguments -C $common '1: :->command' '*:: :->rest'
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $line[1] in
${commands
  .map(
    ({ name, options: own, values }) =>
      `        ${name}) _arguments $common ${[
        ...own.filter((option) => !isCommon(option)).map(argument),
        ...(values.length === 0 ? [] : [quoted(`1: :(${values.join(' ')})`)]),
      ].join(' ')} ;;`,
  )
  .join('\n')}
      esac
      ;;
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _onboard "$@"
else
  compdef _onboard onboard
fi
`;

  function isCommon({ name }: OptionOutline): boolean {
    return options.some((option) => option.name === name);
  }
}

function argument({ name, about, takesValue, values }: OptionOutline): string {
  const text = about.replace(/[[\]\\:]/g, '\\$&');
  const value = takesValue ? `: :${values.length === 0 ? ' ' : `(${values.join(' ')})`}` : '';
  return quoted(`*${name}[${text}]${value}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
