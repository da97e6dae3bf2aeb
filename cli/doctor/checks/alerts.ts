import { amiss, type Check, ok } from '../check.ts';
import { mapOf } from '../differences.ts';
import { resolveResource, type StackTemplate } from '../stack-template.ts';
import { placeOfFoundations } from './stacks.ts';

/** One check of all alerts of the template: are they there, enabled, and sent as they should be. */
export function alertCheck(template: StackTemplate): Check {
  const logicalIds = Object.entries(template.resources)
    .filter(([, { type }]) => type === 'ALIYUN::SLS::Alert')
    .map(([logicalId]) => logicalId);
  return {
    id: 'alerts',
    group: 'foundations',
    needs: ['log-project'],
    title: ({ alerts }) => alerts,
    async run(context) {
      const { inspection, texts } = context;
      const { doctor } = texts;
      const place = await placeOfFoundations(context);
      const alerts = logicalIds.map((id) => alertOf(resolveResource(template, id, place)));
      const [first] = alerts;
      const deployed = first === undefined ? [] : await inspection.alerts(first.project);
      const problems = alerts.flatMap(({ name, actionPolicyId }) => {
        const alert = deployed.find((one) => one.name === name);
        if (alert === undefined) return [doctor.noAlert(name)];
        if (!alert.isEnabled) return [doctor.disabledAlert(name)];
        return alert.actionPolicyId === actionPolicyId
          ? []
          : [doctor.redirectedAlert(name, alert.actionPolicyId ?? '-', actionPolicyId)];
      });
      const policies = new Set(alerts.map(({ actionPolicyId }) => actionPolicyId));
      return problems.length === 0
        ? ok(doctor.alerts(alerts.length, [...policies].join(', ')))
        : amiss(doctor.alertsAmiss, doctor.remedies.alerts, problems);
    },
  };
}

interface AlertToDeploy {
  readonly project: string;
  readonly name: string;
  readonly actionPolicyId: string;
}

function alertOf({
  properties,
}: {
  readonly properties: Readonly<Record<string, unknown>>;
}): AlertToDeploy {
  const detail = mapOf(properties.Detail);
  const policy = mapOf(mapOf(detail.Configuration).PolicyConfiguration);
  return {
    project: String(properties.Project),
    name: String(detail.Name),
    actionPolicyId: String(policy.ActionPolicyId),
  };
}
