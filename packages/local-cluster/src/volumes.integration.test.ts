/**
 * @jest-environment node
 * @heavy
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  eventually,
  settles,
  FIRST_START_MS,
  TestCluster,
} from './__testUtils__/TestCluster';
import { claim, restrictedNamespace, volumePod } from './__testUtils__/volumes';
import { clusterPaths } from './paths';

jest.setTimeout(900_000);

const ns = 'one';
const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
const spec = resolve(__dirname, '__fixtures__', 'image.json');
const write = `open('/data/word', 'w').write('kept')`;
const read = `print(open('/data/word').read())`;

(asRoot ? describe : describe.skip)('volumes of a cluster', () => {
  let cluster: TestCluster;
  let image: string;

  const folders = () => {
    const { directory } = clusterPaths(cluster.dataDir, cluster.name);
    return readdirSync(join(directory, 'volumes'));
  };

  /** Runs Python once with a claim's volume at `/data` and returns its output; the pod is deleted afterwards. */
  const runWith = async (
    claimName: string,
    code: string,
    security?: { runAsUser?: number; fsGroup?: number },
  ): Promise<string> => {
    const name = `once-${claimName}`;
    await cluster.apply(
      volumePod({ image, ns, name, claimName, code, security }),
    );
    const phase = ['-n', ns, name, '-o', 'jsonpath={.status.phase}'];
    const ended = await settles(
      () => cluster.kubectl('get', 'pod', ...phase),
      'Succeeded',
    );
    const said = await cluster.kubectl('logs', '-n', ns, name);
    await cluster.kubectl('delete', 'pod', name, '-n', ns, '--wait');
    return ended === 'Succeeded' ? said.trim() : `${ended}: ${said}`;
  };

  const drop = (name: string) =>
    cluster.kubectl('delete', 'pvc', name, '-n', ns, '--wait');

  beforeAll(async () => {
    cluster = await TestCluster.create('test-volumes');
    await cluster.start();
    image = JSON.parse(await cluster.command('image', 'load', spec)).ref;
    await cluster.apply(restrictedNamespace(ns));
    await cluster.apply(claim(ns, 'kept'));
  }, FIRST_START_MS);

  afterAll(() => cluster.remove());

  it('are created only when a pod needs them', async () => {
    expect(folders()).toEqual([]);
    expect(await runWith('kept', write)).toBe('');
    expect(folders()).toHaveLength(1);
  });

  it('keep the data of the previous pod', async () => {
    expect(await runWith('kept', read)).toBe('kept');
  });

  it('belong to the group that a pod requests', async () => {
    await cluster.apply(claim(ns, 'grouped'));
    const ofGroup = `${write}; import os; print(os.stat('/data/word').st_gid)`;
    expect(await runWith('grouped', ofGroup, { fsGroup: 2000 })).toBe('2000');
    expect(
      await runWith('grouped', read, { runAsUser: 1001, fsGroup: 2000 }),
    ).toBe('kept');
    await drop('grouped');
    await eventually(() => folders().length === 1);
  });

  it('stay when they are deleted while claimed', async () => {
    await cluster.kubectl('delete', 'pv', '--all', '--wait=false');
    expect(await runWith('kept', read)).toBe('kept');
  });

  it('keep their content while the cluster is stopped', async () => {
    await cluster.command('stop');
    await cluster.start();
    expect(await runWith('kept', read)).toBe('kept');
  });

  it('are created after their provisioner was killed, too', async () => {
    await cluster.kill('volumes');
    await cluster.apply(claim(ns, 'late'));
    expect(await runWith('late', write)).toBe('');
    await drop('late');
    await eventually(() => folders().length === 1);
  });

  it('are deleted with their claim', async () => {
    await drop('kept');
    await eventually(() => folders().length === 0);
    const left = () => cluster.kubectl('get', 'pv', '-o', 'name');
    expect(await settles(left, '')).toBe('');
  });

  it('are not shared, and the claim reports it', async () => {
    await cluster.apply(
      claim(ns, 'shared', 'ReadWriteMany'),
      volumePod({ image, ns, name: 'waits', claimName: 'shared', code: read }),
    );
    const reasons = [
      `--field-selector=involvedObject.name=shared,reason=ProvisioningFailed`,
      '-o=jsonpath={.items[*].message}',
    ];
    await eventually(async () =>
      (
        await cluster.kubectl('get', 'events', '-n', ns, ...reasons)
      ).includes('ReadWriteMany is not offered'),
    );
    expect(folders()).toEqual([]);
  });
});
