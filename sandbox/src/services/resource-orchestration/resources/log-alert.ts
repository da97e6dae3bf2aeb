import type { LogService } from '../../log-service/index.ts';
import type { ValueMap } from '../template/value.ts';
import { checkAlert } from './check-alert.ts';
import { ALERT_CONFIGURATION } from './log-alert-configuration.ts';
import { PROJECT_NAME } from './log-names.ts';
import type { NamedStore } from './named-store.ts';
import { mapOf, type ObjectShape, optionalText, textOf } from './properties.ts';
import type { ResourceType } from './resource-type.ts';

export interface Alert {
  readonly project: string;
  readonly name: string;
  readonly displayName: string;
  readonly type: string | undefined;
  readonly state: string | undefined;
  readonly description: string | undefined;
  /** As the template gives them, evaluated. */
  readonly schedule: ValueMap;
  readonly configuration: ValueMap;
}

const SCHEDULE: ObjectShape = {
  kind: 'object',
  members: {
    Type: {
      shape: { kind: 'text', allowed: ['FixedRate', 'Hourly', 'Daily', 'Weekly', 'Cron'] },
      required: true,
    },
    CronExpression: { shape: { kind: 'text' } },
    DayOfWeek: { shape: { kind: 'integer', min: 0, max: 6 } },
    Delay: { shape: { kind: 'integer', min: 0 } },
    Hour: { shape: { kind: 'integer', min: 0, max: 23 } },
    Interval: { shape: { kind: 'text', pattern: /^\d+[smhd]$/ } },
    RunImmediately: { shape: { kind: 'boolean' } },
  },
};

const DETAIL: ObjectShape = {
  kind: 'object',
  members: {
    Name: { shape: { kind: 'text', minLength: 1 }, required: true },
    DisplayName: { shape: { kind: 'text', minLength: 1, maxLength: 64 }, required: true },
    Configuration: { shape: ALERT_CONFIGURATION, required: true },
    Description: { shape: { kind: 'text' } },
    Schedule: { shape: SCHEDULE, required: true },
    State: { shape: { kind: 'text', allowed: ['Disabled', 'Enabled'] } },
    Type: { shape: { kind: 'text', allowed: ['Alert'] } },
  },
};

/** `ALIYUN::SLS::Alert`: kept and shown; nothing evaluates it. */
export function logAlert(logService: LogService, alerts: NamedStore<Alert>): ResourceType {
  return {
    name: 'ALIYUN::SLS::Alert',
    properties: {
      kind: 'object',
      members: {
        Project: { shape: PROJECT_NAME, required: true },
        Detail: { shape: DETAIL, required: true, updatable: true },
      },
    },
    attributes: ['Name'],
    create(properties) {
      const alert = alertOf(properties);
      checkAlert(alert);
      logService.requireProject(alert.project);
      alerts.add(keyOf(alert), alert);
      return { physicalId: alert.name, attributes: { Name: alert.name } };
    },
    update(_state, properties, before) {
      const alert = alertOf(properties);
      const old = alertOf(before);
      checkAlert(alert);
      if (keyOf(old) !== keyOf(alert)) {
        alerts.add(keyOf(alert), alert);
        alerts.remove(keyOf(old));
      } else {
        alerts.set(keyOf(alert), alert);
      }
      return { physicalId: alert.name, attributes: { Name: alert.name } };
    },
    delete: (_state, properties) => alerts.remove(keyOf(alertOf(properties))),
  };
}

function alertOf(properties: ValueMap): Alert {
  const detail = mapOf(properties, 'Detail');
  return {
    project: textOf(properties, 'Project'),
    name: textOf(detail, 'Name'),
    displayName: textOf(detail, 'DisplayName'),
    type: optionalText(detail, 'Type'),
    state: optionalText(detail, 'State'),
    description: optionalText(detail, 'Description'),
    schedule: mapOf(detail, 'Schedule'),
    configuration: mapOf(detail, 'Configuration'),
  };
}

function keyOf({ project, name }: Alert): string {
  return `${project}/${name}`;
}
