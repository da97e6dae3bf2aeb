import {
  chmodSync,
  cpSync,
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

const WRITE = 0o222;
const OWNER_WRITE = 0o200;

/** Where a function's code is, and the temporary files of its instances. */
export interface FunctionFolder {
  /** A copy that nobody may write to: a later build doesn't change it, nor an instance. */
  readonly codeDir: string;
  /** A folder of this instance only. */
  createTempDir(instanceId: string): string;
  deleteTempDir(instanceId: string): void;
  delete(): void;
}

export function createFunctionFolder(sourceDir: string): FunctionFolder {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sandbox-function-')));
  const codeDir = join(folder, 'code');
  cpSync(sourceDir, codeDir, { recursive: true, dereference: true });
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
