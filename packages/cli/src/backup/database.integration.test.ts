/** @jest-environment node */
import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { ensureDebianPackages } from '@bailiwick/backstage-local-cluster';
import {
  planKind,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { plan } from '@bailiwick/backstage-testing/objects';
import {
  PostgresPod,
  postgresImageSpec,
} from '@bailiwick/backstage-testing/postgres';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp } from './backUp';
import { loadDatabase } from './database';
import { layoutOf } from './layout';
import { ResticRepository } from './ResticRepository';
import { openBackup, restoreCluster, type OpenBackup } from './restore';
import { readFromPod } from './runInPod';
import { portalNamespace } from './savedKinds';

const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
const integration =
  process.env.BAILIWICK_INTEGRATION && asRoot ? describe : describe.skip;
jest.setTimeout(300_000);

const databases = 'databases';
/** Characters at which lines can end, and some that take several bytes. */
const title = 'Zoë\nand\r\nZo\u2028e\u2029 🙂\t\\N\\.';
const say = () => {};

function namespaceOf(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

integration("the portal's PostgreSQL in a backup", () => {
  const work = mkdtempSync(join(tmpdir(), 'backup-database-'));
  const location = join(work, 'repository');
  let former: TestCluster;
  let present: TestCluster;
  let image: string;
  let server: PostgresPod;
  let backup: OpenBackup;
  let uid: string;

  beforeAll(async () => {
    process.env.RESTIC_PASSWORD = 'of this test';
    await ensureDebianPackages({ restic: 'restic' }, { report: say });
    former = await startTestCluster({ chartFolders: ['crds'], node: true });
    present = await startTestCluster({ withoutKinds: true, node: true });
    image = await former.loadImage(postgresImageSpec);
    await present.loadImage(postgresImageSpec);
    const { client } = former;
    const namespaces = client.resource(coreKinds.namespaces);
    await namespaces.create(namespaceOf(databases));
    await namespaces.create(namespaceOf(portalNamespace));
    const { metadata } = await client
      .resource<Plan>(planKind)
      .create(plan('small'));
    uid = metadata.uid!;
    server = new PostgresPod(client, { image, namespace: databases });
    await server.start();
    await sql(
      former,
      `CREATE SCHEMA notifications;
       CREATE TABLE notifications.sent (plan text, title text);
       INSERT INTO notifications.sent VALUES ('plan:${uid}', '${title}')`,
    );
    await client.resource(coreKinds.secrets).create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'database', namespace: portalNamespace },
      data: { url: Buffer.from(server.url).toString('base64') },
    });
    await client.resource(coreKinds.deployments).create(portal());
  });
  afterAll(async () => {
    delete process.env.RESTIC_PASSWORD;
    await Promise.all([former?.stop(), present?.stop()]);
    rmSync(work, { recursive: true, force: true });
  });

  /** The portal's Deployment as the chart creates it, without pods. */
  function portal() {
    const secretKeyRef = { name: 'database', key: 'url' };
    const labels = { app: 'portal' };
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'portal', namespace: portalNamespace },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'portal',
                image: 'registry.test/portal:1',
                env: [
                  {
                    name: 'BAILIWICK_DATABASE_URL',
                    valueFrom: { secretKeyRef },
                  },
                ],
              },
            ],
          },
        },
      },
    };
  }

  /** Runs SQL as the portal would. */
  function sql({ client }: TestCluster, command: string) {
    return readFromPod(client, {
      namespace: databases,
      pod: 'postgres',
      command: [
        ...['psql', '--no-psqlrc', '--tuples-only', '--no-align'],
        ...['--host=127.0.0.1', '--username=bailiwick', '--dbname=postgres'],
        ...['--command', command],
      ],
    });
  }

  const save = (databaseImage?: string) =>
    backUp({
      client: former.client,
      repository: new ResticRepository(location),
      databaseImage,
      say,
    });

  it('is left out without an image', async () => {
    expect(await save()).toMatchObject({ missing: [] });
    const folder = join(work, 'without');
    await new ResticRepository(location).restore('latest', folder);
    expect((await openBackup(folder)).info.database).toBeUndefined();
  });

  it('is reported as missing if it cannot be read', async () => {
    await server.stop();
    const { missing } = await save(image);
    expect(missing).toEqual([
      expect.stringMatching(/^Database of the portal: psql: error: /),
    ]);
    await server.start();
  });

  it('is saved', async () => {
    expect(await save(image)).toMatchObject({ missing: [] });
    const folder = join(work, 'opened');
    await new ResticRepository(location).restore('latest', folder);
    backup = await openBackup(folder);
    expect(backup.info.database).toEqual({
      image,
      secret: { name: 'database', key: 'url' },
    });
  });

  it('is not restored into a server that is away, or into a database with tables', async () => {
    const { client } = present;
    await client.resource(coreKinds.namespaces).create(namespaceOf(databases));
    const another = new PostgresPod(client, { image, namespace: databases });
    await another.start();
    await another.stop();
    const restored = () => restoreCluster(backup, { client, say });
    await expect(restored()).rejects.toMatchObject({
      message: expect.stringMatching(
        /^The database of the portal cannot be filled: psql: error: /,
      ),
      remedy: expect.stringContaining(
        `has another address now, set its address as the key url of the Secret database in ${portalNamespace}.`,
      ),
    });
    const databaseImage = 'localhost/bailiwick/missing:1';
    await expect(
      restoreCluster(backup, { client, say, databaseImage }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('its pod does not start: '),
      remedy: expect.stringContaining('Set --database-image'),
    });
    await another.start();
    await sql(present, 'CREATE TABLE another (id int)');
    await expect(restored()).rejects.toMatchObject({
      message: expect.stringMatching(/it has tables already$/),
      remedy: expect.stringContaining('Create an empty database'),
    });
  });

  it('is restored completely or not at all, with the present UIDs', async () => {
    const { client } = present;
    await sql(present, 'DROP TABLE another; CREATE SCHEMA notifications');
    const restored = () => restoreCluster(backup, { client, say });
    await expect(restored()).rejects.toThrow(
      /schema "notifications" already exists/,
    );
    await sql(present, 'DROP SCHEMA notifications');
    await restored();
    const { metadata } = await client.resource(planKind).get('small');
    expect(metadata.uid).not.toBe(uid);
    expect(await sql(present, 'SELECT * FROM notifications.sent')).toBe(
      `plan:${metadata.uid}|${title}`,
    );
  });

  it('is not filled twice by a restore that was interrupted afterwards', async () => {
    const { info, root } = backup;
    const content = {
      backup: info.createdAt,
      file: layoutOf(root).database,
      uids: new Map<string, string>(),
    };
    const { client } = present;
    expect(await loadDatabase(client, info.database!, content)).toBe(false);
    await expect(
      loadDatabase(client, info.database!, { ...content, backup: 'another' }),
    ).rejects.toThrow('it has tables already');
  });
});
