import { type FakeCloud, groupOf, member, openSince, START_MS } from '../workflows/fake-ports.ts';
import { createFakeOperator, storedResult } from './operator.ts';

export const id = (last: number) => String(10 ** 15 + last);
export const DAY_MS = 86_400_000;

/** Four members, one of them covered, and an account that is none yet. */
export const CLOUD: FakeCloud = {
  accounts: [
    member(id(2), { name: 'payments' }),
    member(id(3), { name: '支付平台生产环境账号（华东一区，二期，备用，勿删）' }),
    member(id(4), { name: 'late', joinedAtMs: START_MS - 2 * DAY_MS }),
    member(id(5), { name: 'new', joinedAtMs: START_MS - 60_000 }),
    member(id(6), { name: 'half-made', status: 'CreateVerifying' }),
  ],
  group: [groupOf({ [id(2)]: 'REGISTERED', [id(3)]: 'REGISTRABLE', [id(5)]: 'BUILDING' })],
  history: [openSince({ [id(4)]: START_MS - DAY_MS - 1 })],
};

/** The operator of these, with results of before. */
export function operatorOf(cloud: FakeCloud = CLOUD) {
  const fake = createFakeOperator(cloud);
  fake.store(
    storedResult(id(2), 'failed', { error_code: 'ServiceUnavailable' }, -180),
    storedResult(id(2), 'covered', { recorder_status: 'REGISTERED' }, -120),
    storedResult(
      id(3),
      'failed',
      { error_code: 'NoPermission', error_message: 'No.', recommendation: 'Allow it.' },
      -5,
    ),
    storedResult(id(9), 'pending', {}, -5),
  );
  return fake;
}
