import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { LogClient } from './client.ts';

/**
 * Deletes the client's project with all that is in it; `false` where there was none. Safe to repeat.
 * Log Service keeps a deleted project for some days in its recycle bin.
 * Source: help.aliyun.com, Log Service, "DeleteProject".
 */
export async function removeProject(
  client: LogClient,
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<boolean> {
  try {
    await client.request({ operation: 'DeleteProject', method: 'DELETE', path: '/', timeoutMs });
    return true;
  } catch (error) {
    if (isCloudError(error) && error.code === 'ProjectNotExist') return false;
    throw error;
  }
}
