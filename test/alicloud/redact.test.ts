import { expect, it } from 'vitest';
import { createRedact } from '../../alicloud/redact.ts';

const redact = createRedact({
  accessKeyId: 'STS.abc',
  accessKeySecret: 'se/cret=',
  securityToken: 'STS.abc+token/==',
});

it.each([
  ['key STS.abc, secret se/cret=', 'key ***, secret ***'],
  // The token begins as the key does: the whole of it goes.
  ['token STS.abc+token/== end', 'token *** end'],
  ['once STS.abc%2Btoken%2F%3D%3D end', 'once *** end'],
  ['twice STS.abc%252Btoken%252F%253D%253D end', 'twice *** end'],
  ['in lower case STS.abc%2btoken%2f%3d%3d end', 'in lower case *** end'],
  ['twice STS%252eabc%252btoken%252f%253d%253d end', 'twice *** end'],
  [String.raw`in JSON STS.abc+token\/== end`, 'in JSON *** end'],
  [String.raw`signature AAAAAAAAAAAAAAAAAAAAAAAAA\/+= end`, 'signature *** end'],
  ['signature AAAAAAAAAAAAAAAAAAAAAAAAA%2f%2b%3d end', 'signature *** end'],
  ['signature AAAAAAAAAAAAAAAAAAAAAAAAA/+= end', 'signature *** end'],
  [`long ${'A/'.repeat(21)}b= end`, 'long *** end'],
  ['Signature%3DAAAAAAAAAAAAAAAAAAAAAAAAA%252F%252B%253D', 'Signature%3D***'],
  [`hex ${'0aB'.repeat(21)}c end`, 'hex *** end'],
  ['nothing to hide: 5A2C1B7E-0F7B-5E0C-8B1C-7E2D9F1A0C11', undefined],
])('%s', (text, expected) => {
  expect(redact(text)).toBe(expected ?? text);
});

it('replaces nothing for a missing token', () => {
  const plain = createRedact({ accessKeyId: 'id1', accessKeySecret: 'secret1', securityToken: '' });
  expect(plain('a text with id1')).toBe('a text with ***');
});
