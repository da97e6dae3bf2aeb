import * as v from 'valibot';
import { isCloudError } from '../workflows/onboarding/errors.ts';
import { ExplainedError } from './explained-error.ts';
import type { Operator } from './operator.ts';
import type { ResultQuery } from './result-query.ts';

/** There is nowhere to read results from: nothing was set up yet, or it is elsewhere. */
export class NoLogStore extends ExplainedError {
  override readonly name = 'NoLogStore';
}

/** A value of a row: what is absent comes empty, or as the text `null`; no document says which. */
export const optionalText = v.pipe(
  v.optional(v.string()),
  v.transform((value) => (value === '' || value === 'null' ? undefined : value)),
);

/** Rows of the log store. Safe to repeat. Rejects with `NoLogStore`, or with a `CloudError`. */
export async function queryResults(
  operator: Operator,
  query: Parameters<ResultQuery['query']>[0],
): Promise<Readonly<Record<string, string>>[]> {
  const results = await operator.results();
  try {
    return await results.query(query);
  } catch (error) {
    if (!isCloudError(error)) throw error;
    if (error.code !== 'ProjectNotExist' && error.code !== 'LogStoreNotExist') throw error;
    const { project, logstore } = await operator.resultLocation();
    const missing =
      error.code === 'ProjectNotExist'
        ? `log project ${project}`
        : `logstore ${logstore} in the log project ${project}`;
    throw new NoLogStore(
      `There is no ${missing} (${error.code}). onboard setup creates the log store, which can be read about a minute later; if it is elsewhere, correct LOG_PROJECT, LOG_STORE and REGION.`,
    );
  }
}
