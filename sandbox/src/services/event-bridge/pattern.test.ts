import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';

const EVENT = {
  source: 'acs.oss',
  type: 'resourcemanager:ActionTrail:ApiCall',
  subject: '',
  data: {
    name: 'photo.jpg',
    count: 3,
    ip: '10.0.0.7',
    flag: true,
    nothing: null,
    tags: ['a', 'b'],
  },
};

describe('a pattern', () => {
  it.each<[string, unknown, boolean]>([
    ['an exact text', { source: ['acs.oss'] }, true],
    ['another text', { source: ['acs.os'] }, false],
    ['another case', { source: ['acs.OSS'] }, false],
    ['one of several', { source: ['acs.ecs', 'acs.oss'] }, true],
    ['a number', { data: { count: [3] } }, true],
    ['a number as text', { data: { count: ['3'] } }, false],
    ['true', { data: { flag: [true] } }, true],
    ['null', { data: { nothing: [null] } }, true],
    ['an empty text', { subject: [''] }, true],
    ['an empty text that is not empty', { source: [''] }, false],
    ['a prefix', { source: [{ prefix: 'acs.' }] }, true],
    ['a wrong prefix', { source: [{ prefix: 'oss' }] }, false],
    ['a suffix', { type: [{ suffix: ':ActionTrail:ApiCall' }] }, true],
    ['a wrong suffix', { type: [{ suffix: ':ConsoleOperation' }] }, false],
    ['a part', { type: [{ contains: 'ActionTrail' }] }, true],
    ['a wrong part', { type: [{ contains: 'actiontrail' }] }, false],
    ['anything but it', { source: [{ 'anything-but': 'acs.oss' }] }, false],
    ['anything but another', { source: [{ 'anything-but': 'acs.ecs' }] }, true],
    ['anything but a number', { data: { count: [{ 'anything-but': 3 }] } }, false],
    ['anything but several', { source: [{ 'anything-but': ['acs.ecs', 'acs.oss'] }] }, false],
    ['anything but several others', { source: [{ 'anything-but': ['acs.ecs'] }] }, true],
    ['anything but a prefix', { source: [{ 'anything-but': { prefix: 'acs' } }] }, false],
    ['anything but another prefix', { source: [{ 'anything-but': { prefix: 'x' } }] }, true],
    ['anything but, of a missing key', { data: { missing: [{ 'anything-but': 'x' }] } }, false],
    ['a range', { data: { count: [{ numeric: ['>', 0, '<=', 3] }] } }, true],
    ['a range above', { data: { count: [{ numeric: ['>', 3] }] } }, false],
    ['an equal number', { data: { count: [{ numeric: ['=', 3] }] } }, true],
    ['a range of text', { source: [{ numeric: ['>', 0] }] }, false],
    ['an address in the block', { data: { ip: [{ cidr: '10.0.0.0/24' }] } }, true],
    ['an address outside', { data: { ip: [{ cidr: '10.0.1.0/24' }] } }, false],
    [
      'an address in a block that is no multiple of 8',
      { data: { ip: [{ cidr: '10.0.0.4/30' }] } },
      true,
    ],
    ['an address in everything', { data: { ip: [{ cidr: '0.0.0.0/0' }] } }, true],
    ['a key that is there', { data: { name: [{ exists: true }] } }, true],
    ['a key that is missing', { data: { other: [{ exists: true }] } }, false],
    ['no key', { data: { other: [{ exists: false }] } }, true],
    ['no key under a missing one', { data: { other: { inner: [{ exists: false }] } } }, true],
    ['no key that is there', { data: { name: [{ exists: false }] } }, false],
    ['one of the values of an array', { data: { tags: ['b'] } }, true],
    ['none of the values of an array', { data: { tags: ['c'] } }, false],
    ['an extension', { aliyunregionid: [{ exists: false }] }, true],
    ['all keys', { source: ['acs.oss'], data: { count: [3] } }, true],
    ['not all keys', { source: ['acs.oss'], data: { count: [4] } }, false],
    ['a missing key', { data: { missing: ['x'] } }, false],
    ['text where an object is', { data: ['x'] }, false],
    ['an object where text is', { source: { inner: ['x'] } }, false],
    ['nothing at all', {}, true],
  ])('of %s', (_what, pattern, expected) => {
    expect(compilePattern(pattern)(EVENT)).toBe(expected);
  });

  it.each<[unknown, string]>([
    [{ source: [{ wildcard: 'a*' }] }, "$.source has the unknown operator 'wildcard'"],
    [{ data: { name: [{ prefix: 1 }] } }, "$.data.name has an operand of 'prefix'"],
    [{ data: { ip: [{ cidr: '10.0.0.0/33' }] } }, 'cidr'],
    [{ data: { ip: [{ cidr: '10.0.0/24' }] } }, 'cidr'],
    [{ data: { count: [{ numeric: ['!', 1] }] } }, 'numeric'],
    [{ data: { count: [{ numeric: ['>', '1'] }] } }, 'numeric'],
    [{ source: [{ 'anything-but': { suffix: 'x' } }] }, 'anything-but'],
    [{ source: [{ 'anything-but': null }] }, 'anything-but'],
    [{ source: [{ 'anything-but': [null, true] }] }, 'anything-but'],
    [{ source: [{ exists: 'yes' }] }, 'exists'],
    [{ sorce: ['acs.oss'] }, "$.sorce is no key of an event's envelope, which has data,"],
    [{ eventName: ['CreateResourceAccount'] }, '$.eventName'],
    [{ source: [{ prefix: 'a', suffix: 'b' }] }, 'exactly one operator'],
    [{ source: [['a']] }, 'neither a value nor an operator'],
    [{ source: [] }, 'has no condition'],
    [{ source: 'acs.oss' }, '$.source is neither an object nor an array'],
    ['text', '$ is neither'],
  ])('%j is refused', (pattern, text) => {
    expect(() => compilePattern(pattern)).toThrow(text);
  });
});
