/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { eventually, settles, TestCluster } from './__testUtils__/TestCluster';
import { tracesOf } from './__testUtils__/traces';

/** Sends a request with the cluster's CA but without a client certificate; returns the HTTP status. */
function anonymousStatus(
  url: string,
  kubeconfig: string,
): Promise<number | undefined> {
  const { cluster } = JSON.parse(readFileSync(kubeconfig, 'utf8')).clusters[0];
  const ca = Buffer.from(cluster['certificate-authority-data'], 'base64');
  return new Promise((resolve, reject) => {
    get(url, { ca }, response => resolve(response.resume().statusCode)).on(
      'error',
      reject,
    );
  });
}

jest.setTimeout(600_000);

describe('a control plane alone', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await TestCluster.create('test-api');
    await cluster.start('--control-plane-only', '--controller-manager');
  });

  afterAll(() => cluster.remove());

  it('stores objects and runs the built-in controllers', async () => {
    await cluster.kubectl('create', 'namespace', 'orders');
    const read = () =>
      cluster.kubectl('get', 'serviceaccounts', '-n', 'orders', '-o', 'name');
    expect(await settles(read, 'serviceaccount/default\n')).toBe(
      'serviceaccount/default\n',
    );
  });

  it('denies all reads without a certificate', async () => {
    const { server, kubeconfig } = cluster.state;
    expect(
      await anonymousStatus(`${server}/api/v1/namespaces`, kubeconfig),
    ).toBe(403);
  });

  it('reports the running cluster when started again', async () => {
    const before = cluster.state.supervisorPid;
    await cluster.start('--control-plane-only', '--controller-manager');
    expect(cluster.state.supervisorPid).toBe(before);
  });

  it('brings etcd back when it is killed, with its data', async () => {
    await cluster.kubectl('create', 'configmap', 'kept', '--from-literal=a=1');
    await cluster.kill('etcd');
    const read = () =>
      cluster.kubectl('get', 'configmap', 'kept', '-o', 'jsonpath={.data.a}');
    expect(await settles(read, '1')).toBe('1');
  });

  it('leaves no process behind when its supervisor is killed, and starts again', async () => {
    process.kill(cluster.state.supervisorPid, 'SIGKILL');
    await eventually(async () => (await tracesOf(cluster)).length === 0);
    await cluster.start('--control-plane-only', '--controller-manager');
    expect(
      await cluster.kubectl('get', 'configmap', 'kept', '-o', 'name'),
    ).toBe('configmap/kept\n');
  });

  it('reports it and ends when its supervisor is killed', async () => {
    const etcd = cluster.state.components.find(each => each.name === 'etcd');
    const status = readFileSync(`/proc/${etcd?.pid}/status`, 'utf8');
    const [, launcher] = /^PPid:\s+(\d+)$/m.exec(status) ?? [];
    process.kill(Number(launcher), 'SIGKILL');
    await eventually(async () => (await tracesOf(cluster)).length === 0);
    expect(cluster.state).toMatchObject({
      phase: 'failed',
      error: { remedy: expect.stringContaining('Start the cluster again') },
    });
    await cluster.start('--control-plane-only', '--controller-manager');
  });

  it('runs beside another one', async () => {
    const other = await TestCluster.create('test-api');
    try {
      await other.start('--control-plane-only');
      expect(other.state.server).not.toBe(cluster.state.server);
      await expect(other.kubectl('get', 'configmap', 'kept')).rejects.toThrow(
        'not found',
      );
    } finally {
      await other.remove();
    }
  });

  it('writes identities that RBAC recognizes by name and group', async () => {
    const file = `${cluster.dataDir}/reader.kubeconfig`;
    await cluster.command(
      'identity',
      'jane',
      '--group=readers',
      `--out=${file}`,
    );
    const who = await cluster.kubectl(
      `--kubeconfig=${file}`,
      'auth',
      'whoami',
      '-o',
      'json',
    );
    expect(JSON.parse(who).status.userInfo).toMatchObject({
      username: 'jane',
      groups: ['readers', 'system:authenticated'],
    });
  });
});
