import type { JsonObject, JsonValue } from '../../protocols/rpc/json.ts';
import type { ConfigState } from './config-state.ts';

/** Two of the many types that the real service lists. Source: the documented sample. */
export const RESOURCE_TYPES: readonly string[] = [
  'ACS::ECS::Instance',
  'ACS::ECS::NetworkInterface',
];

/**
 * The `ConfigurationRecorder` of version 2019-01-08, as the calling account sees it.
 * `OrganizationEnableStatus` and `OrganizationMasterId` are for the management account.
 */
export function recorderAnswer(state: ConfigState, accountId: string): JsonObject {
  const { managementAccountId } = state.directory;
  const id = (text: string): JsonValue => (state.accountIdAs === 'number' ? BigInt(text) : text);
  const isManagement = accountId === managementAccountId;
  return {
    ResourceTypes: RESOURCE_TYPES,
    AccountId: id(accountId),
    ConfigurationRecorderStatus: state.recorderStatus(accountId) ?? 'REGISTRABLE',
    OrganizationEnableStatus: isManagement ? state.organizationStatus() : undefined,
    OrganizationMasterId: isManagement ? id(managementAccountId) : undefined,
  };
}
