import { CONTAINERD_SOCKET } from '../node/NodePlan';
import { run } from '../process/run';
import type { ArchivedImage } from './programImage';

/** The image store of a local cluster, whose socket only the cell sees. */
export class ContainerdImages {
  readonly #prefix: string[];

  /**
   * @param ctr - path of containerd's command
   * @param pid - host process id of any process in the cell
   */
  constructor(ctr: string, pid: number) {
    const enter = ['--target', String(pid), '--mount', '--net', '--'];
    this.#prefix = [
      ...enter,
      ctr,
      '--address',
      CONTAINERD_SOCKET,
      '--namespace',
      'k8s.io',
    ];
  }

  /** Returns whether the store responds. */
  async answers(): Promise<boolean> {
    return this.#ctr('version').then(
      () => true,
      () => false,
    );
  }

  async has(reference: string): Promise<boolean> {
    const listed = await this.#ctr(
      'images',
      'list',
      '--quiet',
      `name==${reference}`,
    );
    return listed.trim() === reference;
  }

  /** Imports the image unless the store has it. */
  async ensure({ reference, archive }: ArchivedImage): Promise<void> {
    if (!(await this.has(reference)))
      await this.#ctr('images', 'import', archive);
  }

  /** Pulls from a registry; false when it does not have the image or does not answer. */
  async pull(reference: string): Promise<boolean> {
    return this.#ctr('images', 'pull', reference).then(
      () => true,
      () => false,
    );
  }

  /** Pushes an image to a registry without TLS. */
  async push(reference: string, remote: string): Promise<void> {
    await this.#ctr('images', 'push', '--plain-http', remote, reference);
  }

  #ctr(...more: string[]): Promise<string> {
    return run('nsenter', [...this.#prefix, ...more]);
  }
}
