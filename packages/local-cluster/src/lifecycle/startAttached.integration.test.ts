/** @jest-environment node */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
