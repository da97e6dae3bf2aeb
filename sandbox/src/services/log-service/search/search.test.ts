import { beforeAll, describe, expect, it } from 'vitest';
import { LINE, TEXT, TOKEN } from '../../../testing/log-service-sandbox.ts';
import { createWorld } from '../../../world/world.ts';
import { createLogService, type LogService } from '../index.ts';

const LOGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  a: {
    method: 'GET',
    region: 'cn-hangzhou',
    status: '200',
    time: '12.5',
    agent: 'Mozilla/5.0 (Linux) Chrome',
    note: '',
  },
  b: {
    method: 'POST',
    region: 'cn-shanghai',
    status: '500',
    time: '61',
    agent: 'Mozilla/5.0 (Linux) Firefox',
    user: 'and',
  },
  c: {
    method: 'GET',
    region: 'us-west-1',
    status: '404',
    time: 'none',
    agent: 'curl/8.0 cn*',
    note: 'said "hi" there',
    path: '/request/path-2',
    user: 'Ann',
  },
  d: {
    region: 'eu',
    status: '9007199254740993',
    agent: 'wget',
    'file info': 'apsara',
    free: 'unindexed words here',
  },
};

const keys = {
  id: TEXT,
  method: TEXT,
  region: TEXT,
  agent: TEXT,
  note: TEXT,
  path: TEXT,
  'file info': TEXT,
  user: { ...TEXT, caseSensitive: true },
  status: { type: 'long' },
  time: { type: 'double' },
};

function withIndex(index: unknown): LogService {
  const world = createWorld({ speed: 0 });
  const service = createLogService({ world, accountId: '1', visibleAfterMs: 0 });
  service.createProject('audit');
  service.createLogstore('audit', 'results');
  service.createIndex('audit', 'results', index);
  const entries = Object.entries(LOGS).map(([id, contents], n) => ({
    timeS: n,
    source: '192.0.2.1',
    topic: id < 'c' ? 'https' : 'http',
    contents: { id, ...contents },
  }));
  service.append('audit', 'results', entries);
  return service;
}

const find = (service: LogService, query: string) =>
  service
    .search('audit', 'results', { query })
    .map(({ contents }) => contents.id)
    .join('');

let service: LogService;
beforeAll(() => {
  service = withIndex({ line: LINE, keys });
});

describe('a search finds', () => {
  it.each([
    ['', 'abcd'],
    ['*', 'abcd'],
    // fields
    ['method: GET', 'ac'],
    ['method:get', 'ac'],
    ['user: ann', ''],
    ['user: Ann', 'c'],
    ['region: "cn-hangzhou"', 'a'],
    ['region: cn', ''],
    ['"file info": apsara', 'd'],
    ['path: "/request/path-2"', 'c'],
    ['path: /request/path-2', 'c'],
    ['path: /path-2/request', 'c'],
    ['agent: "Chrome Linux"', 'a'],
    ['agent: "Linux Firefox"', 'b'],
    ['note: "said \\"hi\\""', 'c'],
    ['note: ""', 'a'],
    ['note: *', 'ac'],
    ['not note: *', 'bd'],
    ['user: "and"', 'b'],
    ['__topic__: https', 'ab'],
    ['__source__: 192.0.2.*', 'abcd'],
    // wildcards
    ['region: cn*', 'ab'],
    ['region: cn-h*u', 'a'],
    ['region: us-west-?', 'c'],
    ['region: u?', ''],
    ['agent: "cn*"', 'c'],
    ['cn*', 'abc'],
    // numbers
    ['status: 200', 'a'],
    ['status = 200', 'a'],
    ['status > 200', 'bcd'],
    ['status >= 404', 'bcd'],
    ['status<404', 'a'],
    ['status <= 404', 'ac'],
    ['status in [200 404]', 'ac'],
    ['status in (200 404]', 'c'],
    ['status in [200 404)', 'a'],
    ['status in (200 404)', ''],
    ['status = 9007199254740993', 'd'],
    ['status > 9007199254740992', 'd'],
    ['time > 12.4', 'ab'],
    ['time = 12.50', 'a'],
    ['time: ""', 'c'],
    ['time > -100000', 'ab'],
    ['not time > 0', 'cd'],
    // words anywhere
    ['Linux', 'ab'],
    ['"and"', 'b'],
    ['unindexed', 'd'],
    ['free', 'd'],
    ['apsara', 'd'],
    ['404', ''],
    ['Linux Firefox', 'b'],
    // operators
    ['method: GET and status: 200', 'a'],
    ['method: GET AND status: 404', 'c'],
    ['method: GET or method: POST', 'abc'],
    ['method: GET not region: us-west-1', 'a'],
    ['method: GET and not region: us-west-1', 'a'],
    ['not method: GET', 'bd'],
    ['not method: GET and status: 500', 'b'],
    ['not not method: GET', 'ac'],
    ['status: 500 or method: GET and status: 200', 'ab'],
    ['(status: 500 or method: GET) and status: 200', 'a'],
    ['method: POST or not method: * and status > 1', 'bd'],
    ['(method: GET or method: POST) not status in [200 299]', 'bc'],
  ])('%s', (query, expected) => {
    expect(find(service, query)).toBe(expected);
  });
});

describe('a search is refused', () => {
  it.each([
    ['free: words', 'ParameterInvalid', 'key (free) is not config as key value config'],
    ['nothing: *', 'ParameterInvalid', 'key (nothing) is not config as key value config'],
    ['toString: *', 'ParameterInvalid', 'key (toString) is not config'],
    ['method: GET or not (free: words)', 'ParameterInvalid', 'key (free)'],
    ['region > 5', 'ParameterInvalid', 'key (region) is not config as numberic column'],
    ['region in [1 2]', 'ParameterInvalid', 'key (region) is not config as numberic column'],
    ['status: abc', 'ParameterInvalid', 'must be a number'],
    ['status: 2*', 'ParameterInvalid', 'must be a number'],
    ['status > abc', 'ParameterInvalid', 'a number is expected'],
    ['status in [1, 2]', 'ParameterInvalid', 'a number is expected'],
    ['status in [1 2', 'ParameterInvalid', 'ends too early'],
    ['method: (GET or POST)', 'ParameterInvalid', 'parse search query error'],
    ['method: GET:x', 'ParameterInvalid', 'quote the value'],
    ['(method: GET', 'ParameterInvalid', 'ends too early'],
    ['method: GET)', 'ParameterInvalid', 'closes what was not opened'],
    ['method:', 'ParameterInvalid', 'ends too early'],
    ['method: "GET', 'ParameterInvalid', 'not closed'],
    ['and', 'ParameterInvalid', 'keyword'],
    ['method: GET or', 'ParameterInvalid', 'ends too early'],
    ['not', 'ParameterInvalid', 'ends too early'],
    ['limit', 'ParameterInvalid', 'keyword'],
    ['group by', 'ParameterInvalid', 'keyword'],
    ['*zhou', 'ParameterInvalid', 'may not start with a wildcard'],
    ['region: ?n', 'ParameterInvalid', 'may not start with a wildcard'],
    [`region: ${'x'.repeat(64)}*`, 'ParameterInvalid', 'too long'],
    ['* | select 1', 'SandboxUnsupportedAnalytics', 'analytic'],
    ['#"a phrase"', 'SandboxUnsupportedQuery', 'phrase'],
    ['__tag__:host:x', 'SandboxUnsupportedQuery', '__tag__'],
    ['source: x', 'SandboxUnsupportedQuery', '__source__'],
    ['a\\*b', 'SandboxUnsupportedQuery', 'escape'],
  ])('%s', (query, code, message) => {
    expect(() => find(service, query)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});

describe('an index decides', () => {
  it('that without full text only text fields are searched', () => {
    const fields = withIndex({ keys });
    expect(find(fields, 'Linux')).toBe('ab');
    expect(find(fields, 'unindexed')).toBe('');
  });

  it('that without any text there is nothing to search', () => {
    const numbers = withIndex({ keys: { status: { type: 'long' } } });
    expect(find(numbers, 'status: 200')).toBe('a');
    expect(() => find(numbers, 'Linux')).toThrow(
      expect.objectContaining({ code: 'SandboxUnsupportedQuery' }),
    );
  });

  it('how a value is cut and whether case counts', () => {
    const exact = withIndex({
      keys: { agent: { type: 'text', token: [' '], caseSensitive: true } },
    });
    expect(find(exact, 'agent: "Mozilla/5.0"')).toBe('ab');
    expect(find(exact, 'agent: Mozilla')).toBe('');
    expect(find(exact, 'agent: "mozilla/5.0"')).toBe('');
    expect(find(exact, 'agent: Mozilla*')).toBe('ab');
  });

  it('which fields full text covers', () => {
    const some = withIndex({ line: { ...LINE, include_keys: ['agent'] } });
    expect(find(some, 'wget')).toBe('d');
    expect(find(some, 'apsara')).toBe('');
    const others = withIndex({ line: { ...LINE, exclude_keys: ['agent'] } });
    expect(find(others, 'wget')).toBe('');
    expect(find(others, 'apsara')).toBe('d');
  });

  it('that a field needs its own index, however full the text', () => {
    const line = withIndex({ line: LINE });
    expect(find(line, 'GET')).toBe('ac');
    expect(() => find(line, 'method: GET')).toThrow(
      expect.objectContaining({ code: 'ParameterInvalid' }),
    );
  });

  it('that Chinese words are not modelled where it has chn', () => {
    const chinese = withIndex({ keys: { region: { type: 'text', token: TOKEN, chn: true } } });
    expect(find(chinese, 'region: eu')).toBe('d');
    expect(() => find(chinese, 'region: 上海')).toThrow(
      expect.objectContaining({ code: 'SandboxUnsupportedQuery' }),
    );
    expect(find(service, 'region: 上海')).toBe('');
  });
});
