import { execFile } from 'node:child_process';
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
