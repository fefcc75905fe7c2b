import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An API server of its own, without nodes. */
export interface StartedControlPlane {
  /** Path of the administrator's kubeconfig. */
  kubeconfig: string;
  stop(): Promise<void>;
}

const program = require.resolve(
  '@bailiwick/backstage-local-cluster/bin/bailiwick-cluster.mjs',
);

/** Starts etcd and an API server on free loopback ports; they end with this process. */
export async function startControlPlane(): Promise<StartedControlPlane> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-'));
  const options = ['--control-plane-only', '--while-stdin-open', '--json'];
  const child = spawn(
    process.execPath,
    [program, 'start', `--data-dir=${dataDir}`, '--provider=local', ...options],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let output = '';
  let errors = '';
  child.stderr.on('data', chunk => (errors += chunk));
  for await (const chunk of child.stdout) {
    output += chunk;
    if (isComplete(output)) break;
  }
  if (!isComplete(output)) {
    throw new Error(`The control plane did not start: ${errors}`);
  }
  const { kubeconfig } = JSON.parse(output) as { kubeconfig: string };
  return {
    kubeconfig,
    async stop() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function isComplete(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
