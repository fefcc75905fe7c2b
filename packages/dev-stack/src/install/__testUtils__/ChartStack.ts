import {
  addresses,
  paths,
  repositoryRoot,
  type StackOptions,
} from '@bailiwick/backstage-cli';
import {
  coreKinds,
  KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { ensureHelm } from '@bailiwick/backstage-local-cluster';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

type Output = Promise<{ stdout: string; stderr: string }>;

/** A local cluster in which the chart is installed. */
export class ChartStack {
  readonly options: StackOptions;
  readonly #helm: string;
  #client?: KubeClient;

  private constructor(portBase: number, helm: string) {
    this.options = {
      dataDir: mkdtempSync(join(tmpdir(), 'chart-')),
      portBase,
    };
    this.#helm = helm;
  }

  /** Starts a cluster, and installs the chart with the demo sign-in. On a new machine, images are built first. */
  static async start(portBase: number): Promise<ChartStack> {
    const stack = new ChartStack(portBase, await ensureHelm({ report() {} }));
    try {
      await stack.run('start', '--in-cluster', '--detach');
    } catch (error) {
      await stack.stop();
      throw error;
    }
    return stack;
  }

  /** Kubeconfig of an administrator. */
  get admin(): string {
    return join(paths(this.options).cluster, 'admin.kubeconfig');
  }

  /** Client of an administrator. */
  get client(): KubeClient {
    this.#client ??= KubeClient.fromKubeconfig({
      path: this.admin,
      userAgent: 'integration-test',
    });
    return this.#client;
  }

  get addresses() {
    return addresses(this.options);
  }

  /** Runs a command of the development stack on the cluster. */
  run(command: string, ...args: string[]): Output {
    const { dataDir, portBase } = this.options;
    return run(process.execPath, [
      ...['--import', join(repositoryRoot, 'scripts/typescript.mjs')],
      join(repositoryRoot, 'packages/dev-stack/src/main.ts'),
      ...[command, ...args, '--data-dir', dataDir],
      ...(command === 'stop' ? [] : ['--port-base', `${portBase}`]),
    ]);
  }

  /** Runs Helm on the release. */
  release(command: string, ...args: string[]): Output {
    return run(this.#helm, [
      ...[command, 'bailiwick', ...args],
      ...['--namespace', 'bailiwick', '--kubeconfig', this.admin],
    ]);
  }

  /** Upgrades the release with additional values, and waits until its pods are ready. */
  upgrade(...args: string[]): Output {
    return this.release(
      'upgrade',
      join(repositoryRoot, 'charts/bailiwick'),
      ...['--values', paths(this.options).chartValues, '--wait', ...args],
    );
  }

  podsOf(namespace: string): Promise<Pod[]> {
    return this.client.resource<Pod>(coreKinds.pods).list({ namespace });
  }

  async uidsOf(namespace: string) {
    const pods = await this.podsOf(namespace);
    return pods.map(({ metadata }) => metadata.uid).sort();
  }

  /** Ends the cluster, and deletes its data. */
  async stop(): Promise<void> {
    await this.#client?.close();
    await this.run('stop');
    rmSync(this.options.dataDir, { recursive: true, force: true });
  }
}
