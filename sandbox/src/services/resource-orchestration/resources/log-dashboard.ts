import type { LogService } from '../../log-service/index.ts';
import type { ValueMap } from '../template/value.ts';
import { PROJECT_NAME } from './log-names.ts';
import type { NamedStore } from './named-store.ts';
import { mapsOf, optionalText, textOf } from './properties.ts';
import type { ResourceType } from './resource-type.ts';

export interface Dashboard {
  readonly project: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string | undefined;
  /** As the template gives them, evaluated. */
  readonly charts: readonly ValueMap[];
}

/** `ALIYUN::SLS::Dashboard`: kept and shown; nothing draws it. Charts are taken as they are. */
export function logDashboard(
  logService: LogService,
  dashboards: NamedStore<Dashboard>,
): ResourceType {
  return {
    name: 'ALIYUN::SLS::Dashboard',
    properties: {
      kind: 'object',
      members: {
        ProjectName: { shape: PROJECT_NAME, required: true },
        DashboardName: { shape: { kind: 'text', minLength: 1 }, required: true },
        DisplayName: { shape: { kind: 'text', minLength: 1 }, updatable: true },
        Description: { shape: { kind: 'text' }, updatable: true },
        Charts: {
          shape: { kind: 'list', of: { kind: 'map' }, minItems: 1 },
          required: true,
          updatable: true,
        },
      },
    },
    attributes: ['DashboardName', 'DisplayName'],
    create(properties) {
      const dashboard = dashboardOf(properties);
      logService.requireProject(dashboard.project);
      dashboards.add(keyOf(dashboard), dashboard);
      return stateOf(dashboard);
    },
    update(_state, properties) {
      const dashboard = dashboardOf(properties);
      dashboards.set(keyOf(dashboard), dashboard);
      return stateOf(dashboard);
    },
    delete: (_state, properties) => dashboards.remove(keyOf(dashboardOf(properties))),
  };
}

function dashboardOf(properties: ValueMap): Dashboard {
  const name = textOf(properties, 'DashboardName');
  return {
    project: textOf(properties, 'ProjectName'),
    name,
    displayName: optionalText(properties, 'DisplayName') ?? name,
    description: optionalText(properties, 'Description'),
    charts: mapsOf(properties, 'Charts'),
  };
}

function keyOf({ project, name }: Dashboard): string {
  return `${project}/${name}`;
}

function stateOf({ name, displayName }: Dashboard) {
  return { physicalId: name, attributes: { DashboardName: name, DisplayName: displayName } };
}
