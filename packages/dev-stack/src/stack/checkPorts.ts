import { createServer } from 'node:net';
import {
  CommandError,
  ports,
  type StackOptions,
} from '@bailiwick/backstage-cli';

const partNames: Record<keyof ReturnType<typeof ports>, string> = {
  portal: 'the portal',
  gateway: 'the gateway',
  identity: 'the sign-in',
  operator: 'the operator',
  gatewayMetrics: "the gateway's metrics",
  workspaces: 'workspaces',
};

/** Addresses of `localhost`; browsers try them in any order. */
const loopback = ['127.0.0.1', '::1'];
/** Errors of a machine without IPv6. */
const noSuchAddress = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];

async function isFree(port: number): Promise<boolean> {
  const free = await Promise.all(loopback.map(host => isFreeAt(port, host)));
  return free.every(Boolean);
}

function isFreeAt(port: number, host: string): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', ({ code = '' }: NodeJS.ErrnoException) =>
      resolve(noSuchAddress.includes(code)),
    );
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** @throws CommandError with the first port that is in use */
export async function checkPorts(options: StackOptions): Promise<void> {
  const own = ports(options);
  for (const [part, name] of Object.entries(partNames)) {
    const port = own[part as keyof typeof own];
    if (!(await isFree(port)))
      throw new CommandError(
        `Port ${port}, meant for ${name}, is in use by another program.`,
        `Stop that program (another Bailiwick: npm stop with its --data-dir), or choose other ports: npm start -- --port-base ${
          options.portBase + 100
        }.`,
      );
  }
}
