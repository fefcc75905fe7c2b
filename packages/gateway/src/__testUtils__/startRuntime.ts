import { runtime, virtualEnvironment } from '@bailiwick/backstage-cli/packs';
import type { Contract } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Functions that the runtime of this repository serves on loopback. */
export interface StartedRuntime {
  host: string;
  port: number;
  contract: Contract;
  stop(): Promise<void>;
}

/**
 * Serves the functions of a folder, as in a pod.
 *
 * @param env - further environment variables, such as limits
 */
export async function startRuntime(
  folder: string,
  env: Record<string, string> = {},
): Promise<StartedRuntime> {
  const python = join(await virtualEnvironment(), 'bin/python');
  const [host, port] = ['127.0.0.1', await freePort()];
  const child = spawn(
    python,
    ['-m', 'bailiwick', 'serve', `--host=${host}`, `--port=${port}`],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        PYTHONPATH: join(runtime, 'src'),
        PYTHONDONTWRITEBYTECODE: '1',
        BAILIWICK_LIMIT_ROWS: '2000000',
        ...env,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  const address = `http://${host}:${port}`;
  const isReady = () =>
    fetch(`${address}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await eventually('The runtime is ready', isReady);
  const contract = (await (
    await fetch(`${address}/contract`)
  ).json()) as Contract;
  return {
    host,
    port,
    contract,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

/** Returns a port of loopback that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}
