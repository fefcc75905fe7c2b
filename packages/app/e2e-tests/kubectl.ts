import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs kubectl as the administrator of the cluster; returns its output. @throws Error with the message of kubectl */
export async function kubectl(...args: string[]): Promise<string> {
  const { stdout } = await run(process.env.BAILIWICK_KUBECTL ?? 'kubectl', [
    '--kubeconfig',
    process.env.BAILIWICK_ADMIN_KUBECONFIG ?? '',
    ...args,
  ]);
  return stdout.trim();
}

/** Creates or changes an object as the administrator. */
export async function apply(object: object): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-object-'));
  try {
    const file = join(folder, 'object.json');
    writeFileSync(file, JSON.stringify(object));
    await kubectl('apply', '-f', file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
