/** @jest-environment node */
import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { CommandError } from '@bailiwick/backstage-cli';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withClusterFailure } from './withClusterFailure';

describe('withClusterFailure', () => {
  const full = new CommandError('A disk is full.', 'Free some space.');
  const soon = () =>
    pause(50).then(() => {
      throw full;
    });
  let folder: string;
  let client: KubeClient;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'blame-'));
    const path = join(folder, 'kubeconfig');
    // Nothing listens on the port for TCP multiplexing.
    const cluster = { name: 'a', cluster: { server: 'http://127.0.0.1:1' } };
    writeFileSync(
      path,
      JSON.stringify({
        'current-context': 'a',
        clusters: [cluster],
        contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
        users: [{ name: 'a', user: {} }],
      }),
    );
    client = KubeClient.fromKubeconfig({ path, userAgent: 'test' });
  });
  afterEach(async () => {
    await client.close();
    rmSync(folder, { recursive: true });
  });

  const call = () => client.request({ path: '/readyz' });

  it('reports why the cluster ended, not which component noticed it', async () => {
    await expect(withClusterFailure(call(), soon)).rejects.toBe(full);
  });

  it('reports an unreachable API server while the cluster reports nothing', async () => {
    await expect(
      withClusterFailure(call(), () => pause(5_000), 50),
    ).rejects.toThrow('is unreachable');
  });

  it('passes other failures and results on', async () => {
    const failed = Promise.reject(new Error('No such pack'));
    await expect(withClusterFailure(failed, soon)).rejects.toThrow(
      'No such pack',
    );
    await expect(withClusterFailure(Promise.resolve(3), soon)).resolves.toBe(3);
  });
});
