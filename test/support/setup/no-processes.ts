/** Keeps the fast tests fast: one that starts a process belongs to the other project. */
import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

function refuse(): never {
  throw new Error('This test starts a process: list its file as such in vitest.config.ts.');
}

childProcess.spawn = refuse;
childProcess.execFile = refuse as never;
childProcess.fork = refuse;
syncBuiltinESMExports();
