import { expect, it } from 'vitest';
import { projectHost } from '../../../alicloud/log-service/project-host.ts';

it.each([
  [
    'https://cn-hangzhou.log.aliyuncs.com',
    'audit.cn-hangzhou.log.aliyuncs.com',
    'audit.cn-hangzhou.log.aliyuncs.com',
  ],
  ['https://log.example:8443', 'audit.log.example', 'audit.log.example:8443'],
  ['http://127.0.0.1:8080', '127.0.0.1', 'audit.127.0.0.1:8080'],
  ['http://localhost:8080', 'localhost', 'audit.localhost:8080'],
  ['http://[::1]:8080', '::1', 'audit.[::1]:8080'],
  ['https://10.0.0.1', '10.0.0.1', 'audit.10.0.0.1'],
])('%s is connected to at %s', (endpoint, connectTo, header) => {
  expect(projectHost(new URL(endpoint), 'audit')).toEqual({ connectTo, header });
});
