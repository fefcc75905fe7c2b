import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Creates a temporary folder that only this user can read, and deletes it afterwards, also if a signal ends this process:
 * backups contain Secrets.
 */
export async function withPrivateFolder<T>(
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bailiwick-backup-'));
  const discard = () => rmSync(folder, { recursive: true, force: true });
  const end = (signal: NodeJS.Signals) => {
    discard();
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of signals) process.once(signal, end);
  try {
    return await use(folder);
  } finally {
    for (const signal of signals) process.off(signal, end);
    discard();
  }
}
