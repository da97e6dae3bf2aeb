/**
 * Each official SDK for Node.js, set up as for the cloud and nothing else: where it goes is decided by
 * the environment. Prints one line of JSON: by package, what one call answered.
 *
 * Usage: node --import alibaba-cloud-sandbox/proxy official_sdks.cjs ACCOUNT_ID
 */
const Core = require('@alicloud/pop-core');
const EventBridge = require('@alicloud/eventbridge');
const Fc2 = require('@alicloud/fc2');
const Fc3 = require('@alicloud/fc20230330');
const Flow = require('@alicloud/fnf-2019-03-15');
const LogClient = require('@alicloud/log');
const Mns = require('@alicloud/mns');
const { $OpenApiUtil } = require('@alicloud/openapi-core');
const Ram = require('@alicloud/ram20150501');
const ResourceManager = require('@alicloud/resourcemanager20200331');
const Ros = require('@alicloud/ros20190910');
const Sls = require('@alicloud/sls20201230');

const accountId = process.argv[2];
const accessKeyId = process.env.ALIBABA_CLOUD_ACCESS_KEY_ID;
const accessKeySecret = process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
const region = process.env.ALIBABA_CLOUD_REGION_ID;
const key = { accessKeyId, accessKeySecret };
const config = (more = {}) => new $OpenApiUtil.Config({ ...key, regionId: region, ...more });

const CALLS = {
  '@alicloud/pop-core': async () => {
    const core = new Core({
      ...key,
      endpoint: 'https://config.cn-shanghai.aliyuncs.com',
      apiVersion: '2019-01-08',
    });
    const answer = await core.request('DescribeConfigurationRecorder', {}, { method: 'POST' });
    return answer.ConfigurationRecorder.OrganizationEnableStatus;
  },
  '@alicloud/resourcemanager20200331': async () => {
    const client = new ResourceManager.default(config());
    const { body } = await client.listAccounts(new ResourceManager.ListAccountsRequest({}));
    return body.totalCount;
  },
  '@alicloud/ram20150501': async () => {
    const client = new Ram.default(config());
    const { body } = await client.getRole(new Ram.GetRoleRequest({ roleName: 'reader' }));
    return body.role.roleName;
  },
  '@alicloud/ros20190910': async () => {
    const client = new Ros.default(config());
    const { body } = await client.listStacks(new Ros.ListStacksRequest({ regionId: region }));
    return body.totalCount;
  },
  '@alicloud/sls20201230': async () => {
    const client = new Sls.default(config({ endpoint: `${region}.log.aliyuncs.com` }));
    const { body } = await client.getProject('audit');
    return body.projectName;
  },
  '@alicloud/log': async () => {
    const client = new LogClient({ ...key, region, use_https: true });
    const logs = [{ timestamp: Math.floor(Date.now() / 1000), content: { client: 'node' } }];
    await client.postLogStoreLogs('audit', 'results', { logs });
    const minuteMs = 60_000;
    const range = [new Date(Date.now() - minuteMs), new Date(Date.now() + minuteMs)];
    const [found] = await client.getLogs('audit', 'results', ...range, { query: 'client: node' });
    return found.client;
  },
  '@alicloud/fc20230330': async () => {
    const client = new Fc3.default(config({ endpoint: `fcv3.${region}.aliyuncs.com` }));
    const request = new Fc3.GetFunctionCodeRequest({});
    const { body } = await client.getFunctionCode('greet', request);
    const code = await new Promise((resolve, reject) =>
      require('node:https').get(body.url, resolve).once('error', reject),
    );
    code.resume();
    return `${code.statusCode} ${new URL(body.url).host}`;
  },
  '@alicloud/fc2': async () => {
    const options = { accessKeyID: accessKeyId, accessKeySecret, region, secure: true };
    const { data } = await new Fc2(accountId, options).getTempBucketToken();
    return data.ossRegion;
  },
  '@alicloud/eventbridge': async () => {
    const endpoint = `${accountId}.eventbridge.${region}.aliyuncs.com`;
    const client = new EventBridge.default(config({ endpoint, protocol: 'https' }));
    const request = new EventBridge.ListRulesRequest({ eventBusName: 'default' });
    return (await client.listRules(request)).rules.length;
  },
  '@alicloud/mns': async () => {
    const client = new Mns(accountId, { ...key, region, secure: true });
    const { body } = await client.getQueueAttributes('failed');
    return body.QueueName;
  },
  '@alicloud/fnf-2019-03-15': async () => {
    const endpoint = `https://${region}.fnf.aliyuncs.com`;
    const { Flows } = await new Flow({ ...key, endpoint }).listFlows({});
    return Flows.length;
  },
};

(async () => {
  const answers = {};
  for (const [name, call] of Object.entries(CALLS)) {
    answers[name] = await call().catch((error) => `${error.code}: ${error.message}`);
  }
  process.stdout.write(JSON.stringify(answers));
})();
