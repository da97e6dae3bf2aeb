import type { Texts } from '../en.ts';

export const confirm: Texts['confirm'] = {
  // 只认这个词：在任何语言中都一样。
  yes: 'yes',
  goOn: '是否继续？只有输入 yes 才算同意：',
  type: (phrase) => `请输入 ${phrase} 以继续：`,
  noTerminal: '未做任何更改：没有可供询问的终端时，请用 --yes 表示同意。',
  interrupted: '已中断。未做任何更改。',
  declined: '未做任何更改。',
};
