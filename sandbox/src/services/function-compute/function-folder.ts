import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodePackage } from './code-package.ts';

const WRITE = 0o222;
const OWNER_WRITE = 0o200;

/** Where a function's code is, and the temporary files of its instances. */
export interface FunctionFolder {
  /** What nobody may write to: no instance changes it for another. */
  readonly codeDir: string;
  /** A folder of this instance only. */
  createTempDir(instanceId: string): string;
  deleteTempDir(instanceId: string): void;
  delete(): void;
}

export function createFunctionFolder(code: CodePackage): FunctionFolder {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sandbox-function-')));
  const codeDir = join(folder, 'code');
  mkdirSync(codeDir);
  code.unpack(codeDir);
  forEachPath(codeDir, (path, { mode }) => chmodSync(path, mode & ~WRITE));
  const tempDir = (instanceId: string) => join(folder, `tmp-${instanceId}`);

  return {
    codeDir,
    createTempDir: (instanceId) => {
      mkdirSync(tempDir(instanceId));
      return tempDir(instanceId);
    },
    deleteTempDir: (instanceId) => rmSync(tempDir(instanceId), { recursive: true, force: true }),
    delete: () => {
      if (!existsSync(folder)) return;
      // What is in a folder that can't be written to can't be deleted.
      forEachPath(codeDir, (path, stats) => {
        if (stats.isDirectory()) chmodSync(path, stats.mode | OWNER_WRITE);
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function forEachPath(dir: string, change: (path: string, stats: Stats) => void): void {
  const inner = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  for (const path of [dir, ...inner.map((name) => join(dir, name))]) change(path, statSync(path));
}
