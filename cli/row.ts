/** A value of a statistic's row: what is absent comes empty, or as the text `null`. */
export function absentIfBlank(value: string | undefined): string | undefined {
  return value === '' || value === 'null' ? undefined : value;
}
