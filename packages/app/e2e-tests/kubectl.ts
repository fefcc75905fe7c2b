import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** kubectl as the administrator of the cluster; gives what it prints. @throws Error with its words */
export async function kubectl(...args: string[]): Promise<string> {
  const { stdout } = await run(process.env.BAILIWICK_KUBECTL ?? 'kubectl', [
    '--kubeconfig',
    process.env.BAILIWICK_ADMIN_KUBECONFIG ?? '',
    ...args,
  ]);
  return stdout.trim();
}

/** Makes an object as the administrator, or changes it. */
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
