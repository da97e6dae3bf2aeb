import { type CloudError, classify, isCloudError } from './errors.ts';
import type { GroupReading } from './ports.ts';

/** The account group as a look at it showed it, or why it showed nothing. */
export type GroupSight =
  | { readonly kind: 'seen'; readonly group: GroupReading }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly error: CloudError };

/** A group that can't be read is a finding, not the end: it must not keep a run from starting. */
export async function sightOf(reading: Promise<GroupReading | undefined>): Promise<GroupSight> {
  try {
    const group = await reading;
    return group === undefined ? { kind: 'none' } : { kind: 'seen', group };
  } catch (error) {
    if (isCloudError(error)) return { kind: 'unreadable', error };
    throw error;
  }
}

/** Looking again can't help. */
export function isDenied(sight: GroupSight): boolean {
  return sight.kind === 'unreadable' && classify(sight.error) === 'permanent';
}
