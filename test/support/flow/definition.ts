import { readFileSync } from 'node:fs';

/** `workflows/onboarding.flow.yaml` as it stands, with the placeholders of ROS. */
export const ONBOARDING_FLOW = readFileSync(
  new URL('../../../workflows/onboarding.flow.yaml', import.meta.url),
  'utf8',
);

/** As `Fn::Sub` of ROS fills it in. */
export function filledIn(
  definition: string,
  { region, accountId }: { readonly region: string; readonly accountId: string },
): string {
  return definition
    .replaceAll(`\${ALIYUN::Region}`, region)
    .replaceAll(`\${ALIYUN::TenantId}`, accountId);
}
