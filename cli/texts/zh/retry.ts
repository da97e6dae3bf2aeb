import type { Texts } from '../en.ts';

export const retry: Texts['retry'] = {
  text: (operation, reason) => `${operation}：${reason}`,
  timing: (attempt, wait, left) => `${wait}后第 ${attempt} 次尝试，最多再持续 ${left}`,
  noAnswer: '没有应答',
  connection: {
    ECONNREFUSED: '连接被拒绝',
    ECONNRESET: '连接被重置',
    EAI_AGAIN: '找不到主机名',
    ENOTFOUND: '找不到主机名',
    EHOSTUNREACH: '主机不可达',
    ENETUNREACH: '网络不可达',
    ETIMEDOUT: '连接超时',
  },
};
