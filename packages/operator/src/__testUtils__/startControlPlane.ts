import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An API server with Kubernetes' own controllers, without nodes. */
export interface ControlPlane {
  /** Path of the administrator's kubeconfig. */
  kubeconfig: string;
  stop(): Promise<void>;
}

const program = require.resolve(
  '@bailiwick/backstage-local-cluster/bin/bailiwick-cluster.mjs',
);

/** Starts it on free loopback ports; it ends with this process. @throws Error with its words */
export async function startControlPlane(): Promise<ControlPlane> {
  const dataDir = await mkdtemp(join(tmpdir(), 'operator-'));
  const options = [
    '--control-plane-only',
    '--controller-manager',
    '--while-stdin-open',
    '--json',
  ];
  const child = spawn(
    process.execPath,
    [program, 'start', `--data-dir=${dataDir}`, '--provider=local', ...options],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', chunk => (errors += chunk));
  const kubeconfig = await readKubeconfig(child.stdout);
  if (!kubeconfig)
    throw new Error(`The control plane did not start: ${errors}`);
  return {
    kubeconfig,
    async stop() {
      child.stdin.end();
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The answer is one JSON object, printed when all is ready. */
async function readKubeconfig(
  output: AsyncIterable<Buffer>,
): Promise<string | undefined> {
  let text = '';
  for await (const chunk of output) {
    text += chunk;
    try {
      return JSON.parse(text).kubeconfig;
    } catch {
      // Not all of it is there yet.
    }
  }
  return undefined;
}
