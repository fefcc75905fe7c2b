import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const runtime = join(
  import.meta.dirname,
  '../../../function-runtime/src/bailiwick',
);

/** Writes the real fork server into a folder without the rest of the runtime, whose libraries not every Python has. */
export function writeRuntime(): string {
  const folder = mkdtempSync(join(tmpdir(), 'runtime-'));
  mkdirSync(join(folder, 'bailiwick'));
  const file = 'bailiwick/fork_server.py';
  cpSync(join(runtime, 'fork_server.py'), join(folder, file));
  return folder;
}
