import type { ValueMap } from '../template/value.ts';
import type { AccessStore, Role } from './access-store.ts';
import { POLICY_DOCUMENT, policyDocument } from './policy-document.ts';
import {
  mapOf,
  mapsOf,
  type ObjectShape,
  optionalFlag,
  textOf,
  textsOf,
} from './properties.ts';
import type { ResourceType } from './resource-type.ts';

const POLICY: ObjectShape = {
  kind: 'object',
  members: {
    PolicyName: { shape: { kind: 'text', maxLength: 128 }, required: true },
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
      const role = access.createRole(textOf(properties, 'RoleName'), trustedServices(properties));
      const state = stateOf(role, []);
      const added: string[] = [];
      try {
        for (const [name, document] of policies) {
          access.createPolicy(name, document);
          access.attach(name, role.name);
          added.push(name);
        }
      } catch (error) {
        // A role that failed halfway is not left behind.
        removePolicies(access, role.name, added);
        access.deleteRole(role.name, true);
        throw error;
      }
      return { ...state, ...stateOf(role, added) };
    },
    update(state, properties) {
      const name = state.physicalId;
      const wanted = policiesOf(properties);
      const before = access.policiesOf(name);
      access.setTrust(name, trustedServices(properties));
      removePolicies(
        access,
        name,
        before.filter((policy) => !wanted.has(policy)),
      );
      for (const [policy, document] of wanted) {
        if (before.includes(policy)) access.setPolicy(policy, document);
        else {
          access.createPolicy(policy, document);
          access.attach(policy, name);
        }
      }
      return state;
    },
    delete({ physicalId }, properties) {
      removePolicies(access, physicalId, [...policiesOf(properties).keys()]);
      access.deleteRole(physicalId, optionalFlag(properties, 'DeletionForce') ?? false);
    },
  };
}
