import {
  applyDefinitions,
  KubeClient,
  readManifests,
} from '@bailiwick/backstage-kube-controller';
import {
  clusterPaths,
  readState,
  startAttached,
  type AttachedCluster,
} from '@bailiwick/backstage-local-cluster';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EtcdData } from './EtcdData';
import { eventually } from './eventually';
import { chart } from './installChart';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const name = 'test';
const crds = join(chart, 'crds');
const stuck = 'tenants.bailiwick.dev';
const definitions = '/registry/apiextensions.k8s.io/customresourcedefinitions/';

integration('kinds that an interrupted start left half installed', () => {
  let dataDir: string;
  let cluster: AttachedCluster | undefined;
  const start = () =>
    startAttached({
      dataDir,
      name,
      provider: 'local',
      controlPlaneOnly: true,
      controllerManager: true,
      kinds: crds,
    });
  const stateFile = () => clusterPaths(dataDir, name).state;
  const server = () =>
    readState(stateFile())?.components.find(
      each => each.name === 'kube-apiserver',
    );

  /** Stores a definition as it is between its acceptance and the first request for its kind. */
  async function leaveInstalling(): Promise<void> {
    const [{ key, value }] = await EtcdData.list(dataDir, name, [
      definitions + stuck,
    ]);
    const definition = JSON.parse(Buffer.from(value, 'base64').toString());
    for (const condition of definition.status.conditions)
      if (condition.type === 'Established')
        Object.assign(condition, { status: 'False', reason: 'Installing' });
    const changed = Buffer.from(JSON.stringify(definition)).toString('base64');
    await EtcdData.add(dataDir, name, [{ key, value: changed }]);
  }

  /** Runs a function while the API server is suspended, and kills it before it can see the effect. */
  async function behindServer(act: () => Promise<void>): Promise<void> {
    const pid = server()!.pid!;
    process.kill(pid, 'SIGSTOP');
    await act();
    process.kill(pid, 'SIGKILL');
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'test-cluster-'));
    cluster = await start();
  }, 120_000);
  afterAll(async () => {
    await cluster?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  it('are established when the chart is installed again', async () => {
    const client = KubeClient.fromKubeconfig({
      path: cluster!.state.kubeconfig,
      userAgent: 'integration-test',
    });
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${stuck}`;
    const isEstablished = async () => {
      const { status } = await client.request<{
        status: { conditions: { type: string; status: string }[] };
      }>({ path });
      return status.conditions.some(
        condition =>
          condition.type === 'Established' && condition.status === 'True',
      );
    };
    try {
      const before = server()?.pid;
      await behindServer(leaveInstalling);
      await eventually('The API server is back', () => {
        const { pid, ready } = server() ?? {};
        return ready && pid !== undefined && pid !== before;
      });
      expect(await isEstablished()).toBe(false);
      await applyDefinitions(client, readManifests(crds), {
        fieldManager: 'test-cluster',
      });
      expect(await isEstablished()).toBe(true);
    } finally {
      await client.close();
    }
  }, 120_000);

  it('are established by the next start', async () => {
    const supervisor = cluster!.state.supervisorPid;
    await behindServer(async () => {
      await leaveInstalling();
      process.kill(supervisor, 'SIGKILL');
    });
    await eventually('The supervisor is gone', () => {
      try {
        return !process.kill(supervisor, 0);
      } catch {
        return true;
      }
    });
    cluster = await start();
    expect(cluster.state.phase).toBe('ready');
  }, 120_000);
});
