import {
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

integration('the operator as a process', () => {
  let cluster: TestCluster;
  let operator: ChildProcess;

  beforeAll(async () => {
    cluster = await startTestCluster({ chartFolders: ['crds', 'templates'] });
  }, 120_000);
  afterAll(async () => {
    operator?.kill('SIGKILL');
    await cluster?.stop();
  }, 60_000);

  it('ends when it cannot renew its lease, so that it is started again', async () => {
    let output = '';
    operator = spawn(
      process.execPath,
      [
        '--import',
        join(root, 'scripts/typescript.mjs'),
        join(root, 'packages/operator/src/main.ts'),
        '--kubeconfig',
        cluster.kubeconfig,
        '--port',
        '0',
      ],
      { env: { ...process.env, NODE_OPTIONS: '' } },
    );
    const leads = new Promise<void>(done => {
      const read = (chunk: Buffer) => {
        output += chunk;
        if (output.includes('Leading')) done();
      };
      operator.stdout?.on('data', read);
      operator.stderr?.on('data', read);
    });
    await leads;
    const thaw = cluster.freeze();
    try {
      const [code] = await once(operator, 'exit');
      expect(code).toBe(1);
      expect(output).toContain('The lease could not be renewed in time');
    } finally {
      thaw();
    }
  }, 90_000);
});
