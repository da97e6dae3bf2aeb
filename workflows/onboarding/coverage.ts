import type { OrganizationStatus, RecorderStatus } from './ports.ts';

/** What Cloud Config's statuses mean here; every other place asks these. */

/** The account is recorded: the one status that says so. */
export function isCovered(status: RecorderStatus | undefined): boolean {
  return status === 'REGISTERED';
}

/** Nothing but time is missing. */
export function isBuilding(status: RecorderStatus | OrganizationStatus | undefined): boolean {
  return status === 'BUILDING' || status === 'REBUILDING';
}

/** Enterprise mode is on, and no longer being turned on. */
export function isEnabled(status: OrganizationStatus): boolean {
  return status === 'REGISTERED';
}
