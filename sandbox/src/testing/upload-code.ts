import OSS from 'ali-oss';
import type { Credentials } from '../world/identities.ts';
import { type Endpoint, fc2Client } from './function-clients.ts';

/** Uploads a ZIP as the fc3 component does. `name`, of the object, is made up by the service. */
export async function uploadCode(
  at: Endpoint,
  credentials: Credentials,
  zip: Buffer,
): Promise<{ readonly ossBucketName: string; readonly ossObjectName: string }> {
  const { data } = await fc2Client(at, credentials).getTempBucketToken();
  const ossObjectName = `${at.accountId}/${data.objectName}`;
  const bucket = new OSS({
    endpoint: at.endpoint,
    accessKeyId: data.credentials.AccessKeyId,
    accessKeySecret: data.credentials.AccessKeySecret,
    stsToken: data.credentials.SecurityToken,
    bucket: data.ossBucket,
    refreshSTSToken: async () => ({ accessKeyId: '', accessKeySecret: '', stsToken: '' }),
  });
  await bucket.put(ossObjectName, zip);
  return { ossBucketName: data.ossBucket, ossObjectName };
}
