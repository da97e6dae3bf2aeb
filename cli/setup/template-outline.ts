/** What the command has to know of stack.yaml beside its text. */
export interface TemplateOutline {
  readonly parameters: readonly string[];
  /** Resources that ROS keeps when the stack is deleted. */
  readonly retained: readonly string[];
}

/** Reads it by indentation, which is enough for our own file: the command has no parser of YAML. */
export function outlineTemplate(template: string): TemplateOutline {
  const parameters: string[] = [];
  const retained: string[] = [];
  let section = '';
  let entry = '';
  for (const line of template.split(/\r?\n/)) {
    section = /^(\w+):/.exec(line)?.[1] ?? section;
    const name = /^ {2}(\w+):/.exec(line)?.[1];
    if (name !== undefined) {
      entry = name;
      if (section === 'Parameters') parameters.push(name);
    }
    if (section === 'Resources' && /^ {4}DeletionPolicy: Retain$/.test(line)) retained.push(entry);
  }
  return { parameters, retained };
}
