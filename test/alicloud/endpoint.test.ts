import { expect, it } from 'vitest';
import { hostOf, parseEndpoint } from '../../alicloud/endpoint.ts';

it.each([
  ['https://config.cn-shanghai.aliyuncs.com', 'config.cn-shanghai.aliyuncs.com'],
  ['https://config.cn-shanghai.aliyuncs.com/', 'config.cn-shanghai.aliyuncs.com'],
  ['http://127.0.0.1:8080', '127.0.0.1'],
  ['http://127.9.9.9', '127.9.9.9'],
  ['http://localhost:8080', 'localhost'],
  ['http://[::1]:8080', '::1'],
])('%s is one', (endpoint, host) => {
  expect(hostOf(parseEndpoint(endpoint))).toBe(host);
});

it.each([
  'config.cn-shanghai.aliyuncs.com',
  'http://config.cn-shanghai.aliyuncs.com',
  'http://10.0.0.1',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'ftp://127.0.0.1',
  'https://host/path',
  'https://host/?query=1',
  'https://user@host',
])('%s is none', (endpoint) => {
  expect(() => parseEndpoint(endpoint)).toThrow();
});
