import { type Properties, resource } from './orchestration-resources.ts';
import { ACCOUNT_ID } from './orchestration-sandbox.ts';

export const TRUST = {
  Version: '1',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: ['fc.aliyuncs.com'] },
    },
  ],
};

export const document = (action: string) => ({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: [action], Resource: ['*'] }],
});

export const role = (properties: Properties = {}) =>
  resource('ALIYUN::RAM::Role', {
    RoleName: 'Onboarding',
    AssumeRolePolicyDocument: TRUST,
    ...properties,
  });

export const policies = (action: string, PolicyName = 'inline') => ({
  Policies: [{ PolicyName, PolicyDocument: document(action) }],
});

export const managed = (action: string, properties: Properties = {}) =>
  resource('ALIYUN::RAM::ManagedPolicy', {
    PolicyName: 'managed',
    PolicyDocument: document(action),
    Roles: [{ 'Fn::GetAtt': ['Role', 'RoleName'] }],
    ...properties,
  });

export const ARN = `acs:ram::${ACCOUNT_ID}:role/onboarding`;
