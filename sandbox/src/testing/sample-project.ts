import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder with these files, until the test ends. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

export const STACK = `
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Where: { Type: String }
Resources:
  Role:
    Type: ALIYUN::RAM::Role
    Properties:
      RoleName: worker
      AssumeRolePolicyDocument:
        Version: '1'
        Statement:
          - { Action: 'sts:AssumeRole', Effect: Allow, Principal: { Service: [fc.aliyuncs.com] } }
Outputs:
  Role: { Value: { 'Fn::GetAtt': [Role, Arn] } }
  Where: { Value: { Ref: Where } }
  Stack: { Value: { Ref: ALIYUN::StackName } }
`;

export const SERVERLESS = `
edition: 3.0.0
name: sample
access: default
resources:
  worker:
    component: fc3
    props:
      region: cn-hangzhou
      functionName: worker
      runtime: nodejs20
      handler: index.handler
      code: ./code
      role: acs:ram::\${env('ACCOUNT')}:role/worker
      environmentVariables: { COLOUR: red }
`;

export const CODE = 'exports.handler = async () => JSON.stringify(process.env);';
