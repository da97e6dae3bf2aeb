/** How many accounts the resource directory has, as one would ask the cloud: no endpoint is given. */
const { $OpenApiUtil } = require('@alicloud/openapi-core');
const { default: Client, ListAccountsRequest } = require('@alicloud/resourcemanager20200331');

const config = new $OpenApiUtil.Config({
  accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
  accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
});
new Client(config).listAccounts(new ListAccountsRequest({})).then(({ body }) => {
  process.stdout.write(`${body.totalCount} accounts\n`);
});
