import type { Texts } from '../en.ts';

export const report: Texts['report'] = {
  reading: (entries) => `正在读取日志库中的结果，已读 ${entries} 条`,
  writing: '正在生成报告',
  written: (file, members, days, size) =>
    `已写入 ${file}：${members} 个成员账号，${days} 天的结果，${size}。`,
};
