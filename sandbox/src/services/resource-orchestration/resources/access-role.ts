import type { PolicyDocument } from '../../../world/identities.ts';
import type { AccessStore } from '../../access-management/access-store.ts';
import type { ValueMap } from '../template/value.ts';
import { POLICY_DOCUMENT, POLICY_NAME, policyDocument } from './policy-document.ts';
import {
  mapOf,
  mapsOf,
  type ObjectShape,
  optionalFlag,
  optionalNumber,
  optionalText,
  textOf,
  textsOf,
} from './properties.ts';
import type { ResourceType } from './resource-type.ts';

const POLICY: ObjectShape = {
  kind: 'object',
  members: {
    PolicyName: { shape: POLICY_NAME, required: true },
    PolicyDocument: { shape: POLICY_DOCUMENT, required: true },
    Description: { shape: { kind: 'text', maxLength: 1024 } },
  },
  unmodelled: ['IgnoreExisting'],
};

const TRUST_STATEMENT: ObjectShape = {
  kind: 'object',
  members: {
    Action: { shape: { kind: 'text', allowed: ['sts:AssumeRole'] }, required: true },
    Effect: { shape: { kind: 'text', allowed: ['Allow'] }, required: true },
    Principal: {
      shape: {
        kind: 'object',
        members: {
          Service: { shape: { kind: 'list', of: { kind: 'text' }, minItems: 1 }, required: true },
        },
        unmodelled: ['Federated', 'RAM'],
      },
      required: true,
    },
  },
  unmodelled: ['Condition'],
};

const TRUST: ObjectShape = {
  kind: 'object',
  members: {
    Version: { shape: { kind: 'text', allowed: ['1'] }, required: true },
    Statement: { shape: { kind: 'list', of: TRUST_STATEMENT, minItems: 1 }, required: true },
  },
};

/**
 * `ALIYUN::RAM::Role`. Its inline policies become custom policies of the account, attached to it.
 * Only services may be trusted.
 */
export function accessRole(access: AccessStore): ResourceType {
  return {
    name: 'ALIYUN::RAM::Role',
    properties: {
      kind: 'object',
      members: {
        RoleName: {
          shape: { kind: 'text', pattern: /^[A-Za-z0-9.-]+$/, maxLength: 64 },
          required: true,
        },
        AssumeRolePolicyDocument: { shape: TRUST, required: true, updatable: true },
        DeletionForce: { shape: { kind: 'boolean' }, updatable: true },
        Description: { shape: { kind: 'text', maxLength: 1024 } },
        MaxSessionDuration: { shape: { kind: 'integer', min: 3600, max: 43_200 }, updatable: true },
        Policies: { shape: { kind: 'list', of: POLICY }, updatable: true },
      },
      unmodelled: ['IgnoreExisting', 'PolicyAttachments', 'Tags'],
    },
    attributes: ['Arn', 'RoleId', 'RoleName'],
    create(properties) {
      const policies = policiesOf(properties);
      const description = optionalText(properties, 'Description');
      const maxSessionSeconds = optionalNumber(properties, 'MaxSessionDuration');
      const role = access.createRole(textOf(properties, 'RoleName'), trustedServices(properties), {
        ...(description === undefined ? {} : { description }),
        ...(maxSessionSeconds === undefined ? {} : { maxSessionSeconds }),
      });
      try {
        setPolicies(access, role.name, policies);
      } catch (error) {
        // A role that failed halfway is not left behind.
        removePolicies(access, role.name, [...policies.keys()]);
        access.deleteRole(role.name, true);
        throw error;
      }
      return {
        physicalId: role.name,
        attributes: { Arn: role.arn, RoleId: role.roleId, RoleName: role.name },
      };
    },
    update(state, properties, before) {
      const role = state.physicalId;
      const policies = policiesOf(properties);
      const maxSessionSeconds = optionalNumber(properties, 'MaxSessionDuration');
      access.setTrust(role, trustedServices(properties), maxSessionSeconds);
      const dropped = [...policiesOf(before).keys()].filter((name) => !policies.has(name));
      removePolicies(access, role, dropped);
      setPolicies(access, role, policies);
      return state;
    },
    delete({ physicalId }, properties) {
      removePolicies(access, physicalId, [...policiesOf(properties).keys()]);
      access.deleteRole(physicalId, optionalFlag(properties, 'DeletionForce') ?? false);
    },
  };
}

function policiesOf(properties: ValueMap): ReadonlyMap<string, PolicyDocument> {
  return new Map(
    mapsOf(properties, 'Policies').map((policy) => [
      textOf(policy, 'PolicyName'),
      policyDocument(mapOf(policy, 'PolicyDocument')),
    ]),
  );
}

function trustedServices(properties: ValueMap): readonly string[] {
  return mapsOf(mapOf(properties, 'AssumeRolePolicyDocument'), 'Statement').flatMap((statement) =>
    textsOf(mapOf(statement, 'Principal'), 'Service'),
  );
}

/** Safe to repeat. */
function setPolicies(
  access: AccessStore,
  role: string,
  policies: ReadonlyMap<string, PolicyDocument>,
): void {
  for (const [name, document] of policies) {
    if (access.isAttached(name, role)) {
      access.setPolicy(name, document);
    } else {
      access.createPolicy(name, document);
      access.attach(name, role);
    }
  }
}

/** Leaves alone what is not the role's: a policy of that name may be somebody else's. */
function removePolicies(access: AccessStore, role: string, names: readonly string[]): void {
  for (const name of names.filter((policy) => access.isAttached(policy, role))) {
    access.detach(name, role);
    access.deletePolicy(name);
  }
}
