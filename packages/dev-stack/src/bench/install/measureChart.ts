import { addresses, paths, repositoryRoot } from '@bailiwick/backstage-cli';
import { coreKinds, KubeClient } from '@bailiwick/backstage-kube-controller';
import { ensureHelm } from '@bailiwick/backstage-local-cluster';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { basicLogin } from '../../demo/calls';
import { demoApp, demoTenant } from '../../demo/playMainPath';
import { Reader } from '../../install/Reader';
import { signIn } from '../../portal/signIn';
import { timed } from '../timed';

const run = promisify(execFile);
const portBase = 17_707;

/** Installs the chart on a local cluster, and upgrades it while a person reads. */
export async function measureChart(): Promise<{
  helmInstallSeconds: number;
  upgradeSeconds: number;
  upgradeCalls: number;
  upgradeLostCalls: number;
  upgradeRestartedApps: number;
}> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-chart-'));
  const options = { dataDir, portBase };
  const admin = join(paths(options).cluster, 'admin.kubeconfig');
  const stack = (...args: string[]) =>
    run(process.execPath, [
      join(repositoryRoot, 'scripts/run.mjs'),
      ...[...args, '--data-dir', dataDir, '--port-base', `${portBase}`],
    ]);
  const helm = await ensureHelm({ report() {} });
  const release = (...args: string[]) =>
    run(helm, [...args, '--namespace', 'bailiwick', '--kubeconfig', admin]);
  const upgrade = (...args: string[]) =>
    release(
      ...['upgrade', '--install', 'bailiwick', '--wait'],
      join(repositoryRoot, 'charts/bailiwick'),
      ...['--values', paths(options).chartValues, ...args],
    );
  try {
    // Builds and loads the images; the measured installation is the next one.
    await stack('start', '--in-cluster', '--detach');
    await release('uninstall', 'bailiwick', '--wait');
    const [, helmInstallSeconds] = await timed(() => upgrade());
    await stack('demo', '--until', 'The app runs');
    const client = KubeClient.fromKubeconfig({
      path: admin,
      userAgent: 'bailiwick-bench',
    });
    try {
      const uidsOfApps = async () => {
        const pods = await client
          .resource(coreKinds.pods)
          .list({ namespace: `${demoTenant}--dev` });
        return pods.map(({ metadata }) => metadata.uid);
      };
      const reader = await openReader(client, addresses(options).portal);
      const before = await uidsOfApps();
      reader.start();
      const [, upgradeSeconds] = await timed(() =>
        upgrade('--set', 'gateway.resources.requests.memory=200Mi'),
      );
      const { answered, failures } = await reader.stop();
      const after = await uidsOfApps();
      return {
        helmInstallSeconds,
        upgradeSeconds,
        upgradeCalls: answered + failures.length,
        upgradeLostCalls: failures.length,
        upgradeRestartedApps: before.filter(uid => !after.includes(uid)).length,
      };
    } finally {
      await client.close();
    }
  } finally {
    await run(process.execPath, [
      join(repositoryRoot, 'scripts/run.mjs'),
      ...['reset', '--data-dir', dataDir],
    ]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Reads rows of the demo's app at the address of the gateway's Service, where upgrades replace pods. */
async function openReader(client: KubeClient, portal: string): Promise<Reader> {
  const tom = await signIn(portal, 'tom');
  const { token } = await tom.client.createGrant(demoTenant, demoApp, {
    client: 'excel',
    environment: 'dev',
    days: 1,
  });
  const { spec } = await client
    .resource(coreKinds.services)
    .get('gateway', { namespace: 'bailiwick-system' });
  const address = `http://${spec!.clusterIP}/v1/${demoTenant}/dev/${demoApp}`;
  return new Reader(`${address}/prices?symbols=AAPL`, {
    authorization: basicLogin('tom', token),
  });
}
