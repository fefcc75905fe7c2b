import {
  CommandError,
  withPrivateFolder,
  type StackState,
} from '@bailiwick/backstage-cli';
import {
  coreKinds,
  KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { ensureKubeStateMetrics } from '@bailiwick/backstage-local-cluster';
import {
  labels,
  runtimePort,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { freePort } from '@bailiwick/backstage-testing/process';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../demo/expect';
import { hasExited } from '../process/hasExited';
import { ask } from './queryPanel';

const host = '127.0.0.1';

interface Targets {
  targets: string[];
  labels: Record<string, string>;
}

/**
 * Starts Prometheus and kube-state-metrics on loopback beside a running Bailiwick, and ends both afterwards, also if a
 * signal ends this process. Series have the labels that the chart's PodMonitors give. Prometheus is that of the machine;
 * Debian's cannot find pods itself, so those of the start are scraped.
 *
 * @param use - gets the address of Prometheus, which has scraped everything once
 * @throws CommandError when a program cannot be started
 */
export function withMonitoring<T>(
  { addresses, kubeconfig }: StackState,
  use: (prometheus: string) => Promise<T>,
): Promise<T> {
  return withPrivateFolder(async folder => {
    const programs: ChildProcess[] = [];
    const end = () => programs.forEach(one => one.kill('SIGKILL'));
    process.once('exit', end);
    try {
      const stateMetrics = await freePort(host);
      programs.push(
        await run(await ensureKubeStateMetrics({ report() {} }), [
          `--kubeconfig=${kubeconfig}`,
          '--resources=resourcequotas',
          ...[`--host=${host}`, `--port=${stateMetrics}`],
          ...[`--telemetry-host=${host}`, '--telemetry-port=0'],
        ]),
      );
      const config = join(folder, 'prometheus.yml');
      const targets = [
        ...programTargets(addresses),
        ...(await podTargets(kubeconfig)),
        { targets: [`${host}:${stateMetrics}`], labels: {} },
      ];
      writeFileSync(config, configuration(targets));
      const port = await freePort(host);
      programs.push(
        await run('prometheus', [
          `--config.file=${config}`,
          `--storage.tsdb.path=${join(folder, 'data')}`,
          `--web.listen-address=${host}:${port}`,
          '--log.level=warn',
        ]),
      );
      const url = `http://${host}:${port}`;
      await eventually('A first reading of all metrics', 60, async () => {
        if (programs.some(hasExited))
          throw new Error('Prometheus or kube-state-metrics has ended');
        return (await countOfUp(url)) === targets.length || undefined;
      });
      return await use(url);
    } finally {
      process.off('exit', end);
      end();
    }
  });
}

function configuration(targets: Targets[]): string {
  return JSON.stringify({
    global: { scrape_interval: '5s' },
    scrape_configs: [
      // The namespace of a quota is that of its object.
      { job_name: 'all', honor_labels: true, static_configs: targets },
    ],
  });
}

/** Number of targets that answered when they were last scraped. */
async function countOfUp(prometheus: string): Promise<number> {
  const { result } = await ask<{ result: { value: [number, string] }[] }>(
    prometheus,
    'query',
    { query: 'sum(up)' },
  );
  return Number(result[0]?.value[1] ?? 0);
}

async function run(program: string, args: string[]): Promise<ChildProcess> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 2] });
  await once(child, 'spawn').catch(({ message }: Error) => {
    throw new CommandError(
      `${program} cannot be started: ${message}`,
      'On Debian, install Prometheus with: apt-get install prometheus',
    );
  });
  return child;
}

/** The operator, and the gateway's own port for metrics. */
function programTargets({ operator, portal }: StackState['addresses']) {
  const metrics = new URL(portal);
  metrics.port = String(Number(metrics.port) + 4);
  const of = (name: string, { host: target }: URL): Targets => ({
    targets: [target],
    labels: { namespace: 'bailiwick-system', pod: `${name}-0` },
  });
  return [of('operator', new URL(operator)), of('gateway', metrics)];
}

/** Pods of apps that run now. */
async function podTargets(kubeconfig: string): Promise<Targets[]> {
  const client = KubeClient.fromKubeconfig({
    path: kubeconfig,
    userAgent: 'dashboards',
  });
  try {
    const pods = await client
      .resource<Pod>(coreKinds.pods)
      .list({ labelSelector: labels.app });
    return pods
      .filter(({ status }) => status?.phase === 'Running' && status.podIP)
      .map(({ metadata, status }) => ({
        targets: [`${status!.podIP}:${runtimePort}`],
        labels: {
          namespace: metadata.namespace!,
          pod: metadata.name,
          app: metadata.labels![labels.app],
        },
      }));
  } finally {
    await client.close();
  }
}
