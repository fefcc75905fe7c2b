import type { ChildProcess } from 'node:child_process';
import { hasExited } from '../process/hasExited';

const timeoutMs = 20_000;

/** Stops the cluster; it cleans up when its input closes. */
export async function stopCluster(child: ChildProcess): Promise<void> {
  if (hasExited(child)) return;
  const ended = new Promise(resolve => {
    child.once('exit', resolve);
  });
  child.stdin?.end();
  const late = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  await ended;
  clearTimeout(late);
}
