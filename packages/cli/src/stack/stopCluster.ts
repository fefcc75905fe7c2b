import type { ChildProcess } from 'node:child_process';
import { hasEnded } from '../process/hasEnded';

const patienceMs = 20_000;

/** Ends the cluster: it cleans up by itself when its input closes. */
export async function stopCluster(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise(resolve => {
    child.once('exit', resolve);
  });
  child.stdin?.end();
  const late = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await ended;
  clearTimeout(late);
}
