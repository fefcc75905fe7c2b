import {
  coreKinds,
  type Desired,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { ensureDebianPackages } from '@bailiwick/backstage-local-cluster';
import {
  annotations,
  appKind,
  changeRequestKind,
  planKind,
  releaseKind,
  tenantKind,
  workspaceKind,
  type App,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import {
  app,
  plan,
  release,
  request,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { S3Server } from '@bailiwick/backstage-testing/s3';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp } from './backUp';
import { ResticRepository } from './ResticRepository';
import { openBackup, restoreCluster, type OpenBackup } from './restore';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const home = 'rates-desk--home';
const say = () => {};
const byOperator = { fieldManager: 'bailiwick-operator', force: true };

/** The status of a request, as its owner applies it. */
function statusOf(status: object): Desired {
  const { apiVersion, kind } = changeRequestKind;
  return { apiVersion, kind, metadata: { name: 'first' }, status };
}

integration('a backup of a cluster', () => {
  const work = mkdtempSync(join(tmpdir(), 'backup-'));
  const location = join(work, 'repository');
  let former: TestCluster;
  let present: TestCluster;
  let backup: OpenBackup;

  beforeAll(async () => {
    process.env.RESTIC_PASSWORD = 'of this test';
    await ensureDebianPackages({ restic: 'restic' }, { report: say });
    [former, present] = await Promise.all([
      startTestCluster({ chartFolders: ['crds'] }),
      startTestCluster({ withoutKinds: true }),
    ]);
    await fill(former);
  });
  afterAll(async () => {
    delete process.env.RESTIC_PASSWORD;
    await Promise.all([former?.stop(), present?.stop()]);
    rmSync(work, { recursive: true, force: true });
  });

  /** Creates objects that refer to each other by UID, and objects of others. */
  async function fill({ client }: TestCluster) {
    const create = (type: Parameters<typeof client.resource>[0]) => {
      const resource = client.resource<KubeObject>(type);
      return (object: object) => resource.create(object as KubeObject);
    };
    const core = { apiVersion: 'v1' };
    for (const name of [home, 'bailiwick-system'])
      await create(coreKinds.namespaces)({
        ...core,
        kind: 'Namespace',
        metadata: { name, labels: { 'bailiwick.dev/tenant': 'rates-desk' } },
      });
    await create(planKind)(plan('small'));
    await create(tenantKind)(tenant('rates-desk'));
    const { metadata } = await create(releaseKind)(release('prices-r1', home));
    const { uid } = metadata;
    const environments = [
      { name: 'prod', release: 'prices-r1', promoted: uid },
    ];
    await create(appKind)(app('prices', home, { environments } as never));
    const { apiVersion, kind } = workspaceKind;
    await create(workspaceKind)({
      apiVersion,
      kind,
      metadata: { name: 'prices.default.bea', namespace: home },
      spec: {
        ...{ app: 'prices', environment: 'prod', owner: 'user:default/bea' },
        ...{ cpu: '1', memory: '1Gi', storage: '1Gi', idleMinutes: 60 },
      },
    });
    await create(changeRequestKind)(request('first', 'rates-desk'));
    await client
      .resource(changeRequestKind)
      .applyStatus(
        statusOf({ phase: 'Applied', evidence: { releaseUid: uid } }),
        byOperator,
      );
    // The namespace is not in the backup, like one that is created meanwhile.
    await create(coreKinds.namespaces)({
      ...core,
      kind: 'Namespace',
      metadata: { name: 'new--home' },
    });
    await create(coreKinds.configMaps)({
      ...core,
      kind: 'ConfigMap',
      metadata: { name: 'of-a-new-tenant', namespace: 'new--home' },
    });
    const data = { 'functions.py': 'MQ==' };
    await create(coreKinds.secrets)({
      ...core,
      kind: 'Secret',
      metadata: { name: 'broker', namespace: 'bailiwick-system' },
      data,
    });
    await create(coreKinds.secrets)({
      ...core,
      kind: 'Secret',
      metadata: { name: 'of-others', namespace: 'default' },
      data,
    });
  }

  /** The objects of a kind, without what the API server assigns. */
  async function contents({ client }: TestCluster, type: never) {
    const objects = await client.resource<KubeObject>(type).list();
    return objects.map(({ metadata, ...rest }) => [
      metadata.name,
      metadata.namespace,
      { ...rest },
    ]);
  }

  it('is saved, and is encrypted', async () => {
    const result = await backUp({
      client: former.client,
      repository: new ResticRepository(location),
      say,
    });
    expect(result).toMatchObject({ missing: [] });
    const folder = join(work, 'opened');
    await new ResticRepository(location).restore('latest', folder);
    backup = await openBackup(folder);
    const names = backup.objects.map(({ metadata }) => metadata.name);
    expect(names).toContain('broker');
    expect(names).not.toContain('of-others');
    expect(names).not.toContain('of-a-new-tenant');
  });

  it('continues after an interrupted restore', async () => {
    const damaged = backup.objects.map(object =>
      object.kind === 'App' ? { ...object, spec: {} } : object,
    );
    const options = { client: present.client, say };
    await expect(
      restoreCluster({ ...backup, objects: damaged }, options),
    ).rejects.toThrow(/spec/);
    await restoreCluster(backup, options);
    for (const type of [planKind, tenantKind])
      expect(await contents(present, type as never)).toEqual(
        await contents(former, type as never),
      );
  });

  it('has the present UIDs in references', async () => {
    const { client } = present;
    const { metadata } = await client
      .resource(releaseKind)
      .get('prices-r1', { namespace: home });
    const restored = await client
      .resource<App>(appKind)
      .get('prices', { namespace: home });
    expect(restored.spec.environments[0]).toMatchObject({
      promoted: metadata.uid,
    });
    const { status } = await client
      .resource<ChangeRequest>(changeRequestKind)
      .get('first');
    expect(status).toMatchObject({
      phase: 'Applied',
      evidence: { releaseUid: metadata.uid },
    });
  });

  it('has workspaces that keep their volumes', async () => {
    const [before, after] = await Promise.all(
      [former, present].map(({ client }) =>
        client
          .resource(workspaceKind)
          .get('prices.default.bea', { namespace: home }),
      ),
    );
    expect(after.metadata.uid).not.toBe(before.metadata.uid);
    expect(after.metadata.annotations).toEqual({
      [annotations.volumeUid]: before.metadata.uid,
    });
  });

  it('leaves fields to their owners, who can remove them', async () => {
    const requests = present.client.resource<ChangeRequest>(changeRequestKind);
    const { status } = await requests.applyStatus(
      statusOf({ phase: 'Applied' }),
      byOperator,
    );
    expect(status).toEqual({ phase: 'Applied' });
  });

  it('is not mixed with other objects', async () => {
    await expect(
      restoreCluster(backup, { client: present.client, say }),
    ).rejects.toThrow(/^The cluster already has .* Nothing was changed\.$/);
  });

  it('needs its password', async () => {
    process.env.RESTIC_PASSWORD = 'another';
    await expect(new ResticRepository(location).prepare()).rejects.toThrow(
      /wrong password or no key found/,
    );
    delete process.env.RESTIC_PASSWORD;
    expect(() => new ResticRepository(location)).toThrow(
      'The password that encrypts the backups is missing.',
    );
    process.env.RESTIC_PASSWORD = 'of this test';
  });

  it('is found at its address only', async () => {
    await expect(
      new ResticRepository(join(work, 'none')).restore('latest', work),
    ).rejects.toThrow(/Is there a repository at the following location/);
    expect(() => new ResticRepository(undefined)).toThrow(
      'The repository of the backups is missing.',
    );
  });

  it('can be in a bucket, where older ones are deleted', async () => {
    const server = await S3Server.start('127.0.0.1');
    process.env.AWS_ACCESS_KEY_ID = server.accessKeyId;
    process.env.AWS_SECRET_ACCESS_KEY = server.secretAccessKey;
    try {
      const folder = join(work, 'files');
      mkdirSync(folder);
      const bucket = `http://${server.host}:${server.port}/${server.bucket}`;
      const repository = new ResticRepository(`s3:${bucket}/bailiwick`);
      await repository.prepare();
      writeFileSync(join(folder, 'file'), 'first');
      await repository.save(folder);
      writeFileSync(join(folder, 'file'), 'second');
      const { id } = await repository.save(folder);
      await repository.forget(1);
      const target = join(work, 'from-bucket');
      await repository.restore(id, target);
      expect(await readFile(join(target, 'file'), 'utf8')).toBe('second');
      expect(server.objects('bailiwick')).toContain('config');
    } finally {
      delete process.env.AWS_ACCESS_KEY_ID;
      delete process.env.AWS_SECRET_ACCESS_KEY;
      await server.stop();
    }
  });
});
