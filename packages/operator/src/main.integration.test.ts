import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
const root = resolve(import.meta.dirname, '../../..');

/** A running operator. */
interface OperatorProgram {
  process: ChildProcess;
  /** All that it has logged. */
  output(): string;
}

integration('the operator as a process', () => {
  let cluster: TestCluster;
  const operators: OperatorProgram[] = [];

  beforeAll(async () => {
    cluster = await startTestCluster({ chartFolders: ['crds', 'templates'] });
  }, 120_000);
  afterAll(async () => {
    for (const { process } of operators) process.kill('SIGKILL');
    await cluster?.stop();
  }, 60_000);

  it('reports at /readyz whether it leads', async () => {
    const leader = await start(/Leading/);
    const other = await start(/Started/);
    await eventually('one leads and the other stands by', async () => {
      const roles = [await roleOf(leader), await roleOf(other)];
      return roles.join() === 'leading,standing by';
    });
    other.process.kill('SIGKILL');
    await once(other.process, 'exit');
  }, 90_000);

  it('ends when it cannot renew its lease, so that it is started again', async () => {
    const [leader] = operators;
    const exit = once(leader.process, 'exit');
    const thaw = cluster.freeze();
    try {
      const [code] = await exit;
      expect(code).toBe(1);
      expect(leader.output()).toContain(
        'The lease could not be renewed in time',
      );
    } finally {
      thaw();
    }
  }, 90_000);

  /** Starts the operator's program, and waits until it logs something. */
  async function start(logged: RegExp): Promise<OperatorProgram> {
    const child = spawn(
      process.execPath,
      [
        ...['--import', join(root, 'scripts/typescript.mjs')],
        join(root, 'packages/operator/src/main.ts'),
        ...['--kubeconfig', cluster.kubeconfig, '--port', '0'],
      ],
      { env: { ...process.env, NODE_OPTIONS: '' } },
    );
    let output = '';
    const program = { process: child, output: () => output };
    operators.push(program);
    await new Promise<void>((done, reject) => {
      const read = (chunk: Buffer) => {
        output += chunk;
        if (logged.test(output)) done();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', () => reject(new Error(output)));
    });
    return program;
  }

  async function roleOf({ output }: OperatorProgram): Promise<string> {
    const [, port] = /"port":(\d+)/.exec(output()) ?? [];
    const response = await fetch(`http://127.0.0.1:${port}/readyz`);
    return (await response.text()).trim();
  }
});
