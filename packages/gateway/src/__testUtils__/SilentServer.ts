import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const code = (port: number) =>
  `require('node:net').createServer().listen({ port: ${port}, host: '127.0.0.1', backlog: 1 }, () => console.log())`;

/** A port whose packets get no response: the queue of a stopped process is full. */
export class SilentServer {
  readonly #process: ChildProcess;
  readonly #queued: Socket[];

  private constructor(process: ChildProcess, queued: Socket[]) {
    this.#process = process;
    this.#queued = queued;
  }

  static async start(port: number): Promise<SilentServer> {
    const child = spawn(process.execPath, ['-e', code(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout!, 'data');
    child.kill('SIGSTOP');
    const queued: Socket[] = [];
    // Linux queues one more than the backlog.
    for (let place = 0; place < 2; place += 1) {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      queued.push(socket);
    }
    return new SilentServer(child, queued);
  }

  async stop(): Promise<void> {
    for (const socket of this.#queued) socket.destroy();
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}
