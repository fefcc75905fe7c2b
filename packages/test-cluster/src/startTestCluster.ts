import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** An API server of its own, without nodes. */
export interface TestCluster {
  /** Path of the administrator's kubeconfig. */
  kubeconfig: string;
  /** Client of the administrator. */
  client: KubeClient;
  /** Makes a kubeconfig for a Kubernetes user and gives its path. */
  identity(user: string): Promise<string>;
  /** Ends the server and removes everything it kept. */
  stop(): Promise<void>;
}

const program = join(
  import.meta.dirname,
  '../../local-cluster/bin/bailiwick-cluster.mjs',
);

/**
 * Starts etcd and an API server on free loopback ports; they end with this process.
 *
 * @throws Error with the cluster's words when it does not start.
 */
export async function startTestCluster(): Promise<TestCluster> {
  const dataDir = await mkdtemp(join(tmpdir(), 'test-cluster-'));
  const child = spawn(
    process.execPath,
    [
      program,
      'start',
      `--data-dir=${dataDir}`,
      '--provider=local',
      '--control-plane-only',
      '--while-stdin-open',
      '--json',
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', chunk => (errors += chunk));
  const kubeconfig = await readKubeconfig(child.stdout);
  if (!kubeconfig) throw new Error(`The cluster did not start: ${errors}`);
  const client = KubeClient.fromKubeconfig({
    path: kubeconfig,
    userAgent: 'integration-test',
  });
  return {
    kubeconfig,
    client,
    async identity(user) {
      const out = join(dataDir, `${user.replace(/\W+/g, '-')}.kubeconfig`);
      const args = ['identity', user, `--data-dir=${dataDir}`, `--out=${out}`];
      await promisify(execFile)(process.execPath, [program, ...args]);
      return out;
    },
    async stop() {
      await client.close();
      child.stdin.end();
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The answer is one JSON object, printed when the cluster is ready. */
async function readKubeconfig(
  output: AsyncIterable<Buffer>,
): Promise<string | undefined> {
  let text = '';
  for await (const chunk of output) {
    text += chunk;
    try {
      return JSON.parse(text).kubeconfig;
    } catch {
      // not all of it is there yet
    }
  }
  return undefined;
}
