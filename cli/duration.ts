/** For people: two units at most, `42 s`, `2 min 10 s`, `3 h 5 min`, `4 d`. */
export function describeDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return two(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return two(hours, 'h', minutes % 60, 'min');
  return `${Math.floor(hours / 24)} d`;
}

/** Rounded to what an estimate can promise: `a few seconds`, `about 40 s`, `about 4 min`. */
export function describeEstimate(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 10) return 'a few seconds';
  const rounded = seconds <= 50 ? Math.ceil(seconds / 10) * 10 : Math.ceil(seconds / 60) * 60;
  return `about ${describeDuration(rounded * 1000)}`;
}

/** One unit, for a column: `just now`, `5 min ago`, `3 d ago`. */
export function describeAge(ageMs: number): string {
  const minutes = Math.floor(ageMs / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
