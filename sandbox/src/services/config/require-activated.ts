import { errorFrom } from '../../protocols/service-error.ts';
import type { RecorderStatus } from './config-data.ts';
import type { ConfigState } from './config-state.ts';
import { configErrors } from './errors.ts';

/** The account's recorder status. Throws `AccountNotExisted` when Config was never activated. */
export function requireActivated(state: ConfigState, accountId: string): RecorderStatus {
  const status = state.recorderStatus(accountId);
  if (status === undefined) throw errorFrom(configErrors, 'AccountNotExisted');
  return status;
}
