import type { LogService } from '../../log-service/index.ts';
import { PROJECT_NAME } from './log-names.ts';
import { optionalText, textOf } from './properties.ts';
import type { ResourceType } from './resource-type.ts';

/** `ALIYUN::SLS::Project`. Deleting it deletes all that is in it, as Log Service does. */
export function logProject(logService: LogService): ResourceType {
  return {
    name: 'ALIYUN::SLS::Project',
    properties: {
      kind: 'object',
      members: {
        Name: { shape: PROJECT_NAME, required: true },
        Description: { shape: { kind: 'text', pattern: /^[^<>'"\\]*$/, maxLength: 64 } },
      },
      unmodelled: ['DataRedundancyType', 'ResourceGroupId', 'Tags'],
    },
    attributes: ['Name'],
    create(properties) {
      const name = textOf(properties, 'Name');
      logService.createProject(name, optionalText(properties, 'Description') ?? '');
      return { physicalId: name, attributes: { Name: name } };
    },
    update: (state) => state,
    delete: ({ physicalId }) => logService.deleteProject(physicalId),
  };
}
