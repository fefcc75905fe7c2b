/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../__testUtils__/TestCluster';
import { tracesOf } from '../__testUtils__/traces';
import { startAttached } from './startAttached';

jest.setTimeout(120_000);

it('starts a cluster for a test and leaves nothing of it running', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'bailiwick-test-'));
  const cluster = await startAttached({
    name: 'test-attached',
    dataDir,
    provider: 'local',
    controlPlaneOnly: true,
    controllerManager: false,
  });
  expect(cluster.state).toMatchObject({ phase: 'ready', provider: 'local' });
  expect(await tracesOf({ name: 'test-attached', dataDir })).not.toEqual([]);
  await cluster.stop();
  expect(await tracesOf({ name: 'test-attached', dataDir })).toEqual([]);
  await rm(dataDir, { recursive: true });
});

it('ends when the process that holds the cluster is killed, so that its parent can restart it', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'bailiwick-test-'));
  const options = {
    name: 'test-attached',
    dataDir,
    provider: 'local',
    controlPlaneOnly: true,
    controllerManager: false,
  } as const;
  const { state } = await startAttached(options);
  const etcd = state.components.find(({ name }) => name === 'etcd');
  const status = readFileSync(`/proc/${etcd?.pid}/status`, 'utf8');
  const [, launcher] = /^PPid:\s+(\d+)$/m.exec(status) ?? [];
  process.kill(Number(launcher), 'SIGKILL');
  await eventually(async () => (await tracesOf(options)).length === 0);
  const again = await startAttached(options);
  expect(again.state).toMatchObject({ phase: 'ready' });
  await again.stop();
  await rm(dataDir, { recursive: true });
});
