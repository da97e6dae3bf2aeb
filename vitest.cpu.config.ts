import { mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';
export default mergeConfig(base, {
  test: { setupFiles: ['/tmp/suite/cpu.ts'], pool: 'forks', maxWorkers: 2 },
  server: { fs: { strict: false } },
});
