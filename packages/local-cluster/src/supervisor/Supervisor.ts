import { existsSync, renameSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ClusterError } from '../ClusterError';
import type { Component } from '../components/Component';
import type { Launcher } from '../launcher/Launcher';
import type { LauncherEvent } from '../launcher/protocol';
import { lastLines } from '../logs/lastLines';
import type { StateRecorder } from '../state/StateRecorder';
import { cpuSeconds } from './cpuSeconds';
import { hostPid } from './hostPid';
import { Supervised } from './Supervised';

/** Describes the end of a process; for a killed one, the launcher returns 128 plus the signal. */
function describeEnd(code: number): string {
  const killer = Object.entries(constants.signals).find(
    ([, number]) => number === code - 128,
  );
  return killer ? `signal ${killer[0]}` : `exit ${code}`;
}

/** Keeps the components of one cluster running. */
export class Supervisor {
  readonly #launcher: Launcher;
  readonly #recorder: StateRecorder;
  readonly #logs: string;
  readonly #supervised = new Map<string, Supervised>();
  #stopping = false;

  constructor(options: {
    launcher: Launcher;
    recorder: StateRecorder;
    logs: string;
  }) {
    this.#launcher = options.launcher;
    this.#recorder = options.recorder;
    this.#logs = options.logs;
    this.#launcher.on('started', (event: LauncherEvent) =>
      this.#onStarted(event),
    );
    for (const end of ['exited', 'failed'])
      this.#launcher.on(end, (event: LauncherEvent) => this.#onExited(event));
  }

  /**
   * Starts a component and waits until it works; from then on it is started again whenever it ends.
   *
   * @throws ClusterError with its last words when it does not come to work
   */
  async start(component: Component): Promise<void> {
    const log = join(this.#logs, `${component.name}.log`);
    if (existsSync(log)) renameSync(log, `${log}.1`);
    this.#recorder.updateComponent({ name: component.name, log });
    const supervised = new Supervised(component, {
      launch: () => this.#launch(component, log),
      cpuSeconds: () => {
        const { pid } =
          this.#recorder.state.components.find(
            ({ name }) => name === component.name,
          ) ?? {};
        return pid && cpuSeconds(pid);
      },
      kill: () =>
        this.#launcher.send({
          do: 'signal',
          name: component.name,
          signal: constants.signals.SIGKILL,
        }),
      onChange: change =>
        this.#recorder.updateComponent({ name: component.name, ...change }),
    });
    this.#supervised.set(component.name, supervised);
    try {
      await supervised.start();
    } catch (error) {
      throw new ClusterError(
        `${component.name} does not come up (${
          (error as Error).message
        }): ${lastLines(log, 1)}`,
        `Read ${log}; then start again. bailiwick-cluster reset begins with empty data.`,
      );
    }
  }

  /** Ends all components in the given order of groups; whatever is not named ends last. */
  async stop(order: string[][]): Promise<void> {
    this.close();
    await this.#launcher.stop(order);
    for (const name of this.#supervised.keys()) {
      this.#recorder.updateComponent({ name, ready: false, pid: undefined });
    }
  }

  /** Stops starting and probing; running processes continue. */
  close(): void {
    this.#stopping = true;
    for (const each of this.#supervised.values()) each.close();
  }

  #launch(component: Component, log: string): void {
    this.#launcher.send({
      do: 'start',
      name: component.name,
      path: component.program,
      arguments: component.arguments,
      environment: component.environment,
      log,
    });
  }

  #onStarted({ name = '', pid = 0 }: LauncherEvent): void {
    this.#recorder.updateComponent({
      name,
      pid: hostPid(this.#launcher.pid, pid),
    });
  }

  #onExited({ name = '', code, message }: LauncherEvent): void {
    if (this.#stopping) return;
    this.#recorder.updateComponent({
      name,
      pid: undefined,
      ready: false,
      seconds: undefined,
    });
    this.#supervised.get(name)?.ended(message || describeEnd(code));
  }
}
