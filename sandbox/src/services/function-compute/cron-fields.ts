interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names of values, from the least on. */
  readonly names?: readonly string[];
  /** Besides a single value. */
  readonly special: string;
}

/** Source: "Time triggers", cron expressions (help.aliyun.com/document_detail/171746.html). */
const FIELDS: readonly CronField[] = [
  { name: 'seconds', least: 0, most: 59, special: '' },
  { name: 'minutes', least: 0, most: 59, special: ',-*/' },
  { name: 'hours', least: 0, most: 23, special: ',-*/' },
  { name: 'day of month', least: 1, most: 31, special: ',-*?/' },
  {
    name: 'month',
    least: 1,
    most: 12,
    names: 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' '),
    special: ',-*/',
  },
  {
    name: 'day of week',
    least: 1,
    most: 7,
    names: 'MON TUE WED THU FRI SAT SUN'.split(' '),
    special: ',-*?',
  },
];

/** What in the six fields Function Compute doesn't document. `undefined`: nothing. */
export function problemOfCron(texts: readonly string[]): string | undefined {
  for (const [index, field] of FIELDS.entries()) {
    const text = texts[index] ?? '';
    if (!isDocumented(text, field)) {
      const { name, least, most, names, special } = field;
      const named = names === undefined ? '' : ` or ${names[0]}–${names.at(-1)}`;
      return `${name} '${text}': ${least}–${most}${named}${special && `, with ${[...special].join(' ')}`}`;
    }
  }
  const [, , , dayOfMonth, , dayOfWeek] = texts;
  return isAny(dayOfMonth) || isAny(dayOfWeek)
    ? undefined
    : 'how a day of month and a day of week go together is not modelled by the sandbox';
}

function isDocumented(text: string, field: CronField): boolean {
  if (text === '?' || text === '*') return field.special.includes(text);
  if (text.includes(',') && !field.special.includes(',')) return false;
  return text.split(',').every((part) => {
    const [range = '', step, ...more] = part.split('/');
    if (more.length > 0) return false;
    if (step !== undefined && !(field.special.includes('/') && /^[1-9]\d*$/.test(step)))
      return false;
    if (range === '*') return step !== undefined;
    const ends = range.split('-').map((end) => numberOf(end, field));
    if (ends.length > 2 || (ends.length === 2 && !field.special.includes('-'))) return false;
    const [from, to = from] = ends;
    return from !== undefined && to !== undefined && from <= to;
  });
}

function numberOf(text: string, { least, most, names = [] }: CronField): number | undefined {
  const index = names.indexOf(text.toUpperCase());
  if (index >= 0) return least + index;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

function isAny(text: string | undefined): boolean {
  return text === '*' || text === '?';
}
