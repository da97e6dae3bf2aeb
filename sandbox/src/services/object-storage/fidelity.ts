import {
  npmPackage,
  type OperationFidelity,
  page,
  partly,
  type ServiceFidelity,
} from '../../fidelity/fidelity.ts';
import type { OBJECT_STORAGE_OPERATIONS } from './object-storage.ts';

const SIGNATURE = page(
  'https://www.alibabacloud.com/help/en/object-storage-service/latest/header-signature',
  '2024-04-08',
);
const URL_SIGNATURE = page('https://alibabacloud.com/help/en/doc-detail/31952.html', '2025-12-12');
const CLIENT = npmPackage('ali-oss', '6.23.0');

/** Object Storage Service: what there is of it, and who says so. */
export const objectStorageFidelity: ServiceFidelity<{
  readonly '2019-05-17': Readonly<
    Record<(typeof OBJECT_STORAGE_OPERATIONS)[number], OperationFidelity>
  >;
}> = {
  title: 'Object Storage Service',
  operations: {
    '2019-05-17': {
      GetObject: partly('anything but the URL of `GetFunctionCode`: ranges, conditions, versions'),
      PutObject: partly(
        'anything but code, with the credentials of `tempBucketToken`: metadata, ACLs, tags, encryption',
      ),
    },
  },
  refusal: '`MethodNotAllowed`, 405',
  claims: [
    { claim: 'Signature V1 in the header', source: [SIGNATURE, CLIENT] },
    { claim: 'What is sent, and the form of errors', source: CLIENT },
    { claim: 'Signature V1 in the URL', source: [URL_SIGNATURE, CLIENT] },
    { claim: 'The name of the bucket that code is uploaded to', source: 'ours' },
  ],
};
