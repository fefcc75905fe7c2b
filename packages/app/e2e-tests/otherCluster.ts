import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(__dirname, '../../..');

function target(...args: string[]) {
  const hub = process.env.BAILIWICK_ADMIN_KUBECONFIG ?? '';
  const program = join(root, 'scripts/run.mjs');
  return run(process.execPath, [program, 'target', ...args, '--hub', hub]);
}

/** Another control plane, whose one node is simulated (KWOK). */
export class OtherCluster {
  readonly #name: string;
  readonly #program: ChildProcess;

  private constructor(name: string, program: ChildProcess) {
    this.#name = name;
    this.#program = program;
  }

  /** Starts a cluster and connects it to the portal's cluster. */
  static async add(name: string): Promise<OtherCluster> {
    const program = fork(
      join(root, 'packages/testing/src/cluster/forked.ts'),
      [],
      { execArgv: ['--import', join(root, 'scripts/typescript.mjs')] },
    );
    const cluster = new OtherCluster(name, program);
    try {
      const [kubeconfig] = await Promise.race([
        once(program, 'message'),
        once(program, 'exit').then(() => {
          throw new Error(`The cluster ${name} does not start`);
        }),
      ]);
      await target('add', name, '--kubeconfig', kubeconfig);
      return cluster;
    } catch (error) {
      await cluster.#stop();
      throw error;
    }
  }

  /** Makes the API server accept connections without responding; returns a function that ends this. */
  freeze(): () => void {
    this.#program.send('freeze');
    return () => this.#program.send('goOn');
  }

  /** Disconnects and stops the cluster. */
  async remove(): Promise<void> {
    try {
      await target('remove', this.#name, '--force');
    } finally {
      await this.#stop();
    }
  }

  async #stop(): Promise<void> {
    if (this.#program.exitCode !== null) return;
    const ended = once(this.#program, 'exit');
    if (this.#program.connected) this.#program.send('stop');
    await ended;
  }
}
