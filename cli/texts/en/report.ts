/** What `report` says while it works. What the page says is in `cli/report/texts.en.ts`. */
export const report = {
  reading: (entries: number) => `reading the results of the log store, ${entries} so far`,
  writing: 'writing the report',
  written: (file: string, members: number, days: number, size: string) =>
    `Written to ${file}: ${members} ${members === 1 ? 'member' : 'members'}, the results of ${days} ${days === 1 ? 'day' : 'days'}, ${size}.`,
};
