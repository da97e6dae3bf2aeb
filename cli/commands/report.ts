import { type CommandContext, type CommonOptions, defineCommand } from '../command.ts';
import { LOOK_ENVIRONMENT } from '../environment.ts';
import { UsageError, unlessInterrupted } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import { daysOfOption } from '../numeric-options.ts';
import { REPORT_SCHEMA_VERSION } from '../report/page/exports.js';
import type { ReportData } from '../report/report-data.ts';
import { headlineOf } from '../status/headline.ts';
import { exitCodeOfStatus } from '../status/look-at-members.ts';

const DEFAULT_DAYS = 90;

export const report = defineCommand(
  {
    name: 'report',
    environment: LOOK_ENVIRONMENT,

    declare: (command, { commands: { report: texts } }) =>
      command
        .option('--out <file>', texts.options.out)
        .option('--csv', texts.options.csv)
        .option('--days <n>', texts.options.days),
  },
  async (options, context): Promise<ExitCode> => {
    const { out, json, csv } = options;
    if (json && csv) throw new UsageError(({ usage }) => usage.jsonOrCsv);
    if (out === undefined && !json && !csv)
      throw new UsageError(({ usage }) => usage.pageNeedsFile);
    const days = daysOfOption(options.days, DEFAULT_DAYS);
    const { output, interrupted, texts } = context;
    const [{ collectReport }, { requireFolderOf, writeWholeFile }] = await Promise.all([
      import('../report/collect-report.ts'),
      import('../report/write-file.ts'),
    ]);
    if (out !== undefined) await requireFolderOf(out);
    output.progress(texts.status.looking);
    const { data, seen } = await unlessInterrupted(collectReport(days, context), interrupted);
    output.progress(texts.report.writing);
    for (const remark of seen.remarks) output.note(remark);
    if (out === undefined && json) {
      output.json({ schemaVersion: REPORT_SCHEMA_VERSION, ...data });
      return exitCodeOfStatus(seen);
    }
    const written = await renderAs(options, data, context);
    if (out === undefined) {
      output.raw(written);
      return exitCodeOfStatus(seen);
    }
    await writeWholeFile(out, written);
    const { text, styled } = headlineOf(seen, output.style, texts);
    output.paragraph(text, styled);
    const size = sizeOf(Buffer.byteLength(written));
    output.paragraph(texts.report.written(out, data.members.length, days, size));
    return exitCodeOfStatus(seen);
  },
);

/** The libraries that draw are loaded for the page alone. */
async function renderAs(
  { json, csv }: CommonOptions & { readonly csv?: true },
  data: ReportData,
  { texts: { lang } }: CommandContext,
): Promise<string> {
  if (json || csv) {
    const { membersCsv, reportJson } = await import('../report/page/exports.js');
    return csv ? membersCsv(data.members) : reportJson(data);
  }
  const [{ renderReport }, words] = await Promise.all([
    import('../report/render-report.ts'),
    lang === 'zh'
      ? import('../report/texts.zh.ts').then(({ zh }) => zh)
      : import('../report/texts.en.ts').then(({ en }) => en),
  ]);
  return renderReport(data, words);
}

/** `412 KB`, `3.6 MB`; what there is has at least one. */
export function sizeOf(bytes: number): string {
  return bytes < 999_500
    ? `${Math.max(1, Math.round(bytes / 1_000))} KB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
