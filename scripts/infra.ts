import { readFileSync, writeFileSync } from 'node:fs';
import { eventRuleTemplate } from '../infra/event-rule.ts';
import { stackTemplate } from '../infra/template.ts';
import { toYaml } from '../infra/yaml.ts';

/** The templates of `infra/`, each by the file that holds its text. */
const TEMPLATES = { 'stack.yaml': stackTemplate, 'event-rule.yaml': eventRuleTemplate };

/**
 * Writes the templates into the working directory. With `--check` it writes nothing, and ends with 1
 * where that would change a file.
 */
const isCheck = process.argv.includes('--check');
for (const [file, template] of Object.entries(TEMPLATES)) {
  const text = toYaml(template());
  if (!isCheck) {
    writeFileSync(file, text);
    process.stdout.write(`${file} is written.\n`);
  } else if (readFileSync(file, 'utf8') !== text) {
    process.exitCode = 1;
    process.stderr.write(`${file} is not what infra/ makes of it: run npm run infra.\n`);
  }
}
