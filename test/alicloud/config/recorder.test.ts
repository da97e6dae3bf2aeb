import { afterEach, describe, expect, it } from 'vitest';
import { createRecorder } from '../../../alicloud/config/recorder.ts';
import { createRpcClient } from '../../../alicloud/rpc-client.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import {
  type Answer,
  json,
  type RawServer,
  startRawServer,
  text,
} from '../../support/adapters/server.ts';

let server: RawServer;
afterEach(() => server.close());

async function connect(...answers: Answer[]) {
  server = await startRawServer(...answers);
  return createRecorder(
    createRpcClient({ endpoint: server.url, credentials, countCall: () => undefined }),
  );
}

function sent(): URLSearchParams {
  return new URLSearchParams(server.seen.at(-1)?.body.toString());
}

const options = { timeoutMs: 5_000 };

describe('describe', () => {
  it('reads both statuses', async () => {
    const recorder = await connect(
      text(
        '{"RequestId":"R1","ConfigurationRecorder":{"AccountId":1000000000000001,' +
          '"ConfigurationRecorderStatus":"REGISTERED","OrganizationEnableStatus":"BUILDING",' +
          '"OrganizationMasterId":1000000000000001,"ResourceTypes":["ACS::ECS::Instance"]}}',
      ),
    );
    expect(await recorder.describe(options)).toEqual({
      organizationStatus: 'BUILDING',
      recorderStatus: 'REGISTERED',
      requestId: 'R1',
    });
    expect(sent().get('Action')).toBe('DescribeConfigurationRecorder');
    expect(sent().get('Version')).toBe('2019-01-08');
  });

  it('takes a missing organization status for not enabled', async () => {
    const recorder = await connect(json({ ConfigurationRecorder: {} }));
    expect(await recorder.describe(options)).toEqual({ organizationStatus: 'REGISTRABLE' });
  });

  it('reads "never activated" as NOT_ACTIVATED', async () => {
    const recorder = await connect(
      json({ RequestId: 'R2', Code: 'AccountNotExisted', Message: 'No.' }, 404),
    );
    expect(await recorder.describe(options)).toEqual({
      organizationStatus: 'NOT_ACTIVATED',
      requestId: 'R2',
    });
  });

  it('rejects with every other error', async () => {
    const recorder = await connect(json({ Code: 'NoPermission', Message: 'No.' }, 400));
    expect(await cloudErrorOf(recorder.describe(options))).toMatchObject({ code: 'NoPermission' });
  });

  it.each([
    '{"RequestId":"R3"}',
    '{"RequestId":"R3","ConfigurationRecorder":null}',
    '{"RequestId":"R3","ConfigurationRecorder":{"OrganizationEnableStatus":7}}',
  ])('refuses an answer without the recorder: %s', async (body) => {
    const recorder = await connect(text(body));
    expect(await cloudErrorOf(recorder.describe(options))).toMatchObject({
      code: 'MalformedAnswer',
      statusCode: 200,
      requestId: 'R3',
    });
  });
});

describe('startEnterpriseMode', () => {
  it('starts for the whole organization', async () => {
    // The documented sample.
    const recorder = await connect(
      json({
        RequestId: 'A3601178-A6A2-4636-BE56-1116F73C0B0C',
        ConfigurationRecorder: {
          ResourceTypes: ['ACS::ECS::Instance', 'ACS::ECS::NetworkInterface'],
          AccountId: '123456789',
          ConfigurationRecorderStatus: 'REGISTRABLE',
        },
      }),
    );
    expect(await recorder.startEnterpriseMode(options)).toEqual({
      organizationStatus: 'REGISTRABLE',
      recorderStatus: 'REGISTRABLE',
      requestId: 'A3601178-A6A2-4636-BE56-1116F73C0B0C',
    });
    expect(sent().get('Action')).toBe('StartConfigurationRecorder');
    expect(sent().get('Version')).toBe('2019-01-08');
    expect(sent().get('EnterpriseEdition')).toBe('true');
  });

  it('rejects when the account does not exist', async () => {
    const recorder = await connect(json({ Code: 'AccountNotExisted', Message: 'No.' }, 404));
    expect(await cloudErrorOf(recorder.startEnterpriseMode(options))).toMatchObject({
      code: 'AccountNotExisted',
      operation: 'StartConfigurationRecorder',
      statusCode: 404,
    });
  });
});
