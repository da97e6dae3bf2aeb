import type { StackChange } from '../../alicloud/resource-orchestration/stack-plan.ts';
import type { Texts } from '../texts/en.ts';
import type { PropertyChange } from './property-changes.ts';

/** What holds data that goes with it. */
const HOLDS_DATA = ['ALIYUN::MNS::Queue', 'ALIYUN::SLS::Logstore', 'ALIYUN::SLS::Project'];
/** How long data are kept, by the property, in the unit of the template. */
const RETENTION = { TTL: 'days', MessageRetentionPeriod: 'seconds' } as const;

/** What of a plan can't be taken back, a sentence each. */
export function irreversible(
  changes: readonly StackChange[],
  properties: readonly PropertyChange[],
  { setup: said }: Texts,
): string[] {
  const removed = changes
    .filter(({ action, replacement }) => action === 'Remove' || replacement === 'True')
    .filter(({ type }) => HOLDS_DATA.includes(type))
    .map(({ logicalId, type }) => said.irreversible.removed(logicalId, type));
  const shortened = properties.flatMap(({ logicalId, path, before, after }) => {
    const unit = Object.hasOwn(RETENTION, path)
      ? RETENTION[path as keyof typeof RETENTION]
      : undefined;
    if (unit === undefined || !(Number(after) < Number(before))) return [];
    return [said.irreversible.shortened(logicalId, Number(before), Number(after), unit)];
  });
  return [...removed, ...shortened];
}
