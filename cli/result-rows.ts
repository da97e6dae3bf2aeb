import * as v from 'valibot';
import type { ResultQuery } from '../alicloud/log-service/result-query.ts';
import { type CloudError, isCloudError } from '../workflows/onboarding/errors.ts';
import { ExplainedError } from './errors.ts';
import type { Operator } from './operator.ts';

/** There is nowhere to read results from: nothing was set up yet, or it is elsewhere. */
export class NoLogStore extends ExplainedError {
  override readonly name = 'NoLogStore';
}

/** A value of a row: what is absent comes empty, or as the text `null`; no document says which. */
export const optionalText = v.pipe(
  v.optional(v.string()),
  v.transform((value) => (value === '' || value === 'null' ? undefined : value)),
);

/** A log store that was just created answers so for about a minute, too. */
export function isMissingLogStore({ code }: CloudError): boolean {
  return code === 'ProjectNotExist' || code === 'LogStoreNotExist';
}

/** A whole number of a row; one that is absent is 0. */
export const wholeNumber = v.pipe(
  v.optional(v.string(), ''),
  v.transform((value) => Number(value === 'null' ? '' : value)),
  v.number(),
);

export const trigger = v.picklist(['event', 'schedule', 'manual']);

/** How far logs may be stamped ahead of the clock here. */
export const AHEAD_S = 900;

/** Rows of the log store. Safe to repeat. Rejects with `NoLogStore`, or with a `CloudError`. */
export async function queryResults(
  operator: Operator,
  query: Parameters<ResultQuery['query']>[0],
): Promise<Readonly<Record<string, string>>[]> {
  const results = await operator.results();
  try {
    return await results.query(query);
  } catch (error) {
    if (!isCloudError(error) || !isMissingLogStore(error)) throw error;
    const { project, logstore } = await operator.resultLocation();
    const { code } = error;
    throw new NoLogStore(({ failure }) =>
      failure.noLogStore(
        code === 'ProjectNotExist'
          ? failure.noLogProject(project)
          : failure.noLogstore(logstore, project),
        code,
      ),
    );
  }
}
