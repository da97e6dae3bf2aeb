import * as sdk from '@alicloud/resourcemanager20200331';
import * as v from 'valibot';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import { createResourceManagerClient, type ResourceManagerOptions } from './client.ts';

export interface ServiceLinkedRoles {
  /** Whether the account has this role. Safe to repeat. Rejects with a `CloudError`. */
  exists(roleName: string, options: CallOptions): Promise<boolean>;
  /**
   * Creates the role of a service, for example `config.aliyuncs.com`, which names it. One that exists
   * is fine. Safe to repeat. Rejects with a `CloudError`.
   */
  create(serviceName: string, options: CallOptions): Promise<void>;
}

const roleSchema = v.object({ role: v.object({ roleName: v.string() }) });

/** Source: ResourceManager 2020-03-31, "GetRole" and "CreateServiceLinkedRole". */
export function createServiceLinkedRoles(options: ResourceManagerOptions): ServiceLinkedRoles {
  const client = createResourceManagerClient(options);

  return {
    async exists(roleName, callOptions) {
      const request = new sdk.GetRoleRequest({ roleName });
      try {
        await client.call('GetRole', roleSchema, (one) => one.getRole(request), callOptions);
        return true;
      } catch (error) {
        if (isCloudError(error) && error.code.startsWith('EntityNotExist')) return false;
        throw error;
      }
    },

    async create(serviceName, callOptions) {
      const request = new sdk.CreateServiceLinkedRoleRequest({ serviceName });
      try {
        await client.call(
          'CreateServiceLinkedRole',
          roleSchema,
          (one) => one.createServiceLinkedRole(request),
          callOptions,
        );
      } catch (error) {
        if (!isCloudError(error) || !error.code.startsWith('EntityAlreadyExist')) throw error;
      }
    },
  };
}
