import type { AccessStore } from '../../access-management/access-store.ts';
import { POLICY_DOCUMENT, POLICY_NAME, policyDocument } from './policy-document.ts';
import { mapOf, optionalText, textOf, textsOf } from './properties.ts';
import type { ResourceType } from './resource-type.ts';

/** `ALIYUN::RAM::ManagedPolicy`. Its document can be changed, the roles that have it can't. */
export function managedPolicy(access: AccessStore): ResourceType {
  return {
    name: 'ALIYUN::RAM::ManagedPolicy',
    properties: {
      kind: 'object',
      members: {
        PolicyName: { shape: POLICY_NAME, required: true },
        Description: { shape: { kind: 'text', maxLength: 1024 } },
        PolicyDocument: { shape: POLICY_DOCUMENT, required: true, updatable: true },
        Roles: { shape: { kind: 'list', of: { kind: 'text' } } },
      },
      unmodelled: ['Groups', 'IgnoreExisting', 'PolicyDocumentUnchecked', 'Users'],
    },
    attributes: ['PolicyName'],
    create(properties) {
      const name = textOf(properties, 'PolicyName');
      const attached: string[] = [];
      const document = policyDocument(mapOf(properties, 'PolicyDocument'));
      access.createPolicy(name, document, optionalText(properties, 'Description'));
      try {
        for (const role of textsOf(properties, 'Roles')) {
          access.attach(name, role);
          attached.push(role);
        }
      } catch (error) {
        for (const role of attached) access.detach(name, role);
        access.deletePolicy(name);
        throw error;
      }
      return { physicalId: name, attributes: { PolicyName: name } };
    },
    update(state, properties) {
      access.setPolicy(state.physicalId, policyDocument(mapOf(properties, 'PolicyDocument')));
      return state;
    },
    delete({ physicalId }, properties) {
      for (const role of textsOf(properties, 'Roles')) access.detach(physicalId, role);
      access.deletePolicy(physicalId);
    },
  };
}
