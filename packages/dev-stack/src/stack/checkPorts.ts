import { createServer } from 'node:net';
import { CommandError, type StackOptions } from '@bailiwick/backstage-cli';

const partNames = [
  'the portal',
  'the gateway',
  'the sign-in',
  'the operator',
  "the gateway's metrics",
];

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** @throws CommandError naming the first port that somebody else has. */
export async function checkPorts({ portBase }: StackOptions): Promise<void> {
  for (const [offset, name] of partNames.entries()) {
    if (!(await isFree(portBase + offset))) {
      throw new CommandError(
        `Port ${
          portBase + offset
        }, meant for ${name}, is in use by another program.`,
        `End that program (another Bailiwick: npm stop with its --data-dir), or choose other ports: npm start -- --port-base ${
          portBase + 100
        }.`,
      );
    }
  }
}
