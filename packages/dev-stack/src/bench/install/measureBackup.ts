import {
  backUp,
  openBackup,
  ResticRepository,
  restoreCluster,
} from '@bailiwick/backstage-cli';
import {
  coreKinds,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { ensureDebianPackages } from '@bailiwick/backstage-local-cluster';
import {
  appKind,
  homeNamespace,
  labels,
  planKind,
  releaseKind,
  tenantKind,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { startTestCluster } from '@bailiwick/backstage-testing';
import {
  app,
  bundle,
  plan,
  release,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timed } from '../timed';

/** Code of each app. */
const code = 'def prices() -> int:\n    return 1\n';
const commit = '3f9c1e2';
/** Tenants that are created at a time. */
const atOnce = 10;
const say = () => {};

/** Numbers of objects in a backup. */
export interface BackupSize {
  tenants: number;
  apps: number;
}

/** Saves the objects of a platform, and restores them in an empty control plane. Neither has pods or volumes. */
export async function measureBackup(size: BackupSize): Promise<{
  backupSeconds: number;
  restoreSeconds: number;
  backupMiB: number;
  backupObjects: number;
}> {
  await ensureDebianPackages({ restic: 'restic' }, { report: say });
  const work = await mkdtemp(join(tmpdir(), 'bench-backup-'));
  process.env.RESTIC_PASSWORD ??= 'of a benchmark';
  const former = await startTestCluster({ chartFolders: ['crds'] });
  const present = await startTestCluster({ withoutKinds: true });
  try {
    await fill(former.client, size);
    const repository = new ResticRepository(join(work, 'repository'));
    const opened = join(work, 'opened');
    const [saved, backupSeconds] = await timed(() =>
      backUp({ client: former.client, repository, say }),
    );
    const [, restoreSeconds] = await timed(async () => {
      await repository.restore('latest', opened);
      const backup = await openBackup(opened);
      await restoreCluster(backup, { client: present.client, say });
    });
    return {
      backupSeconds,
      restoreSeconds,
      backupMiB: Math.round(saved.addedBytes / 2 ** 20),
      backupObjects: saved.objects,
    };
  } finally {
    await Promise.all([former.stop(), present.stop()]);
    await rm(work, { recursive: true, force: true });
  }
}

/** Creates tenants and apps, each with its code and a release. */
async function fill(
  client: KubeClient,
  { apps, tenants }: BackupSize,
): Promise<void> {
  const create = (type: Parameters<KubeClient['resource']>[0]) => {
    const resource = client.resource<KubeObject>(type);
    return (object: object) => resource.create(object as KubeObject);
  };
  await create(planKind)(plan('small'));
  const perTenant = Math.ceil(apps / tenants);
  const fillTenant = async (index: number) => {
    const name = `tenant-${index}`;
    const home = homeNamespace(name);
    await create(tenantKind)(tenant(name));
    await create(coreKinds.namespaces)({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: home, labels: { [labels.tenant]: name } },
    });
    for (let each = 0; each < perTenant; each += 1) {
      const of = `app-${each}`;
      await create(coreKinds.configMaps)(bundle(of, home, commit, code));
      await create(releaseKind)(release(`${of}-r1`, home, { app: of }));
      await create(appKind)(app(of, home));
    }
  };
  const indexes = Array.from({ length: tenants }, (_, index) => index).values();
  const lanes = Array.from({ length: atOnce }, async () => {
    for (const index of indexes) await fillTenant(index);
  });
  await Promise.all(lanes);
}
