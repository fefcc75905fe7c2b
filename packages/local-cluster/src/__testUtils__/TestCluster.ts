import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterPaths, program } from '../paths';
import { run } from '../process/run';
import { readState } from '../state/stateFile';
import type { ClusterState } from '../state/ClusterState';

const COMMAND_TIMEOUT_MS = 240_000;

/** Milliseconds for a start that may wait for the compiler: on a new machine, nodes' programs are built meanwhile. */
export const FIRST_START_MS = 900_000;

/** A cluster with a data folder of its own, driven through the command line as a person would. */
export class TestCluster {
  readonly name: string;
  readonly dataDir: string;

  private constructor(name: string, dataDir: string) {
    this.name = name;
    this.dataDir = dataDir;
  }

  static async create(name: string): Promise<TestCluster> {
    return new TestCluster(
      name,
      await mkdtemp(join(tmpdir(), 'bailiwick-test-')),
    );
  }

  get state(): ClusterState {
    const state = readState(clusterPaths(this.dataDir, this.name).state);
    if (!state) throw new Error('the cluster was never started');
    return state;
  }

  command(...rest: string[]): Promise<string> {
    return this.#run(COMMAND_TIMEOUT_MS, rest);
  }

  start(...flags: string[]): Promise<string> {
    const rest = ['start', '--provider=local', '--detach', ...flags];
    return this.#run(FIRST_START_MS, rest);
  }

  #run(timeout: number, rest: string[]): Promise<string> {
    const own = [`--data-dir=${this.dataDir}`, `--name=${this.name}`];
    return run(program.node, [...program.arguments, ...own, ...rest], {
      timeout,
    });
  }

  kubectl(...rest: string[]): Promise<string> {
    return this.command('kubectl', ...rest);
  }

  async apply(...objects: object[]): Promise<void> {
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: objects,
    });
    const own = [`--data-dir=${this.dataDir}`, `--name=${this.name}`];
    await run(
      program.node,
      [...program.arguments, ...own, 'kubectl', 'apply', '-f', '-'],
      {
        input: list,
        timeout: COMMAND_TIMEOUT_MS,
      },
    );
  }

  /** Kills a component the hard way and waits until another process has taken its place. */
  async kill(name: string): Promise<void> {
    const before = this.#pid(name);
    if (!before) throw new Error(`${name} does not run`);
    process.kill(before, 'SIGKILL');
    await eventually(() => {
      const now = this.state.components.find(each => each.name === name);
      return now?.ready === true && now.pid !== undefined && now.pid !== before;
    });
  }

  async remove(): Promise<void> {
    await this.command('reset');
    await rm(this.dataDir, { recursive: true, force: true });
  }

  #pid(name: string): number | undefined {
    return this.state.components.find(each => each.name === name)?.pid;
  }
}

/**
 * Waits until something holds.
 *
 * @throws Error when it does not within the time, 60 s unless given
 */
export async function eventually(
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline)
      throw new Error(`it does not hold after ${timeoutMs} ms: ${holds}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/**
 * Reads again and again until the reading is the wanted one or the time, 60 s unless given, is over.
 *
 * @returns the last reading; a failed one counts as the words of its error
 */
export async function settles(
  read: () => Promise<string>,
  wanted: string,
  timeoutMs = 60_000,
): Promise<string> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const reading = await read().catch((error: Error) => error.message);
    if (reading === wanted || Date.now() > deadline) return reading;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
