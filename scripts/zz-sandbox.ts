import { createSandbox } from '../sandbox/src/index.ts';
import { createEventRuleIn, createStackIn, deployFunctionsTo, FUNCTION_ENVIRONMENT } from './deploy-to-sandbox.ts';
const sandbox = await createSandbox({ port: 8467, members: 6, logsVisibleAfterMs: 0,
  functionEnvironment: { ...FUNCTION_ENVIRONMENT, RETRY_BASE_SECONDS: '0.01', RETRY_CAP_SECONDS: '0.1', POLL_BASE_SECONDS: '0.02', POLL_CAP_SECONDS: '0.1' }, config: { organization: 'off', organizationBuildMs: 200, memberBuildMs: 300, groupCreateMs: 50, initializationMs: 50, joinDelayMs: 50 } });
const { logProject, logStore } = await createStackIn(sandbox);
await deployFunctionsTo(sandbox); await createEventRuleIn(sandbox);
const { directory } = sandbox;
const core = directory.createFolder('core'); const pay = directory.createFolder('payments', core.folderId);
directory.addAccount({ displayName: '支付平台生产环境', folderId: pay.folderId });
const call = (p: object) => sandbox.functionCompute.invoke('backfill', Buffer.from(JSON.stringify(p)));
sandbox.faults.add({ service: 'config', operation: 'StartConfigurationRecorder', effect: { kind: 'error', code: 'NoPermission' }, when: { always: true } });
await call({ verifyForSeconds: 0 }); await call({ verifyForSeconds: 0 }); sandbox.faults.clear();
await call({}); for (let i = 0; i < 3; i++) await sandbox.functionCompute.invoke('backfill', Buffer.from(JSON.stringify({ triggerTime: new Date().toISOString(), triggerName: 'schedule', payload: '{"verifyForSeconds":0}' })));
sandbox.faults.add({ service: 'config', operation: 'GetAggregator', effect: { kind: 'error', code: 'NoPermission' }, when: { first: 1 } });
await call({ verifyForSeconds: 0 });
process.stdout.write(Object.entries({ ALIBABA_CLOUD_ACCESS_KEY_ID: sandbox.credentials.accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: sandbox.credentials.accessKeySecret, REGION: sandbox.region, CONFIG_ENDPOINT: sandbox.endpoint, RESOURCE_MANAGER_ENDPOINT: sandbox.endpoint, LOG_ENDPOINT: sandbox.endpoint, FC_ENDPOINT: sandbox.endpoint, ROS_ENDPOINT: sandbox.endpoint, STS_ENDPOINT: sandbox.endpoint, LOG_PROJECT: logProject, LOG_STORE: logStore }).map(([k, v]) => `export ${k}=${v}`).join('\n') + '\n');
setInterval(() => {}, 1000);
