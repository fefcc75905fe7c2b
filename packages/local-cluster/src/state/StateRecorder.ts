import { unwatchFile, watchFile } from 'node:fs';
import { parseObject, readIfThere, replaceJson } from '../files';
import type { ClusterState, ComponentState, Step } from './ClusterState';

const IMAGES_POLL_MS = 500;

/** Keeps a cluster's state and writes each change to `state.json`. */
export class StateRecorder {
  readonly #file: string;
  readonly #state: ClusterState;
  readonly #began = performance.now();
  #close = () => {};
  readonly #listeners: Array<(state: ClusterState) => void> = [];

  constructor(file: string, state: ClusterState) {
    this.#file = file;
    this.#state = state;
    this.#write();
  }

  get state(): Readonly<ClusterState> {
    return this.#state;
  }

  /** Calls the listener now and after each change. */
  follow(listener: (state: ClusterState) => void): void {
    this.#listeners.push(listener);
    listener(this.#state);
  }

  /** Reads the loaded images from a file that another process writes. */
  followImages(file: string): void {
    const take = () => {
      const content = readIfThere(file);
      const images = parseObject<Record<string, string>>(content ?? '');
      if (images) this.update({ images });
    };
    take();
    watchFile(file, { interval: IMAGES_POLL_MS, persistent: false }, take);
    this.#close = () => unwatchFile(file, take);
  }

  /** Ends following. */
  close(): void {
    this.#close();
  }

  update(change: Partial<ClusterState>): void {
    Object.assign(this.#state, change);
    this.#write();
  }

  updateStep(name: string, change: Partial<Step>): void {
    const step = this.#state.steps.find(each => each.name === name);
    if (!step) throw new Error(`There is no step named ${name}.`);
    Object.assign(step, change);
    this.#write();
  }

  updateComponent(change: Partial<ComponentState> & { name: string }): void {
    const component = this.#state.components.find(
      each => each.name === change.name,
    );
    if (component) Object.assign(component, change);
    else {
      this.#state.components.push({
        ready: false,
        restarts: 0,
        log: '',
        ...change,
      });
    }
    this.#write();
  }

  /**
   * Runs one step and records its course. `report` receives its progress.
   *
   * @throws the error of the work, after recording the step as failed
   */
  async step<T>(
    name: string,
    work: (report: (detail: string) => void) => Promise<T>,
  ): Promise<T> {
    const began = performance.now();
    const seconds = () => Math.round((performance.now() - began) / 100) / 10;
    this.updateStep(name, { state: 'running' });
    try {
      const result = await work(detail => this.updateStep(name, { detail }));
      this.updateStep(name, { state: 'done', seconds: seconds() });
      return result;
    } catch (error) {
      this.updateStep(name, { state: 'failed', seconds: seconds() });
      throw error;
    }
  }

  /** Records that everything is usable. */
  ready(): void {
    const readySeconds =
      Math.round((performance.now() - this.#began) / 100) / 10;
    this.update({ phase: 'ready', readySeconds });
  }

  #write(): void {
    replaceJson(this.#file, this.#state);
    for (const listener of this.#listeners) listener(this.#state);
  }
}
