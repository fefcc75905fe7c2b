import { CommandError, type StackState } from '@bailiwick/backstage-cli';
import {
  coreKinds,
  KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { ensureKubeStateMetrics } from '@bailiwick/backstage-local-cluster';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../demo/expect';

const system = 'bailiwick-system';
/** Port of an app's pods, and the ports of the two programs that run only here. */
const podPort = 8080;
const ports = { prometheus: 19_090, stateMetrics: 19_091 };

interface Targets {
  targets: string[];
  labels: Record<string, string>;
}

/**
 * Prometheus and kube-state-metrics beside a running Bailiwick, with the labels that the chart's PodMonitors give.
 * Prometheus is that of the machine; Debian's cannot find pods itself, so those of the start are scraped.
 */
export class Monitoring {
  /** Address of Prometheus. */
  readonly url = `http://127.0.0.1:${ports.prometheus}`;
  readonly #folder = mkdtempSync(join(tmpdir(), 'monitoring-'));
  readonly #programs: ChildProcess[] = [];

  private constructor() {}

  /**
   * Starts both programs on loopback.
   *
   * @throws Error when a program does not start
   */
  static async start({
    addresses,
    kubeconfig,
  }: StackState): Promise<Monitoring> {
    const monitoring = new Monitoring();
    try {
      const metrics = new URL(addresses.portal);
      metrics.port = String(Number(metrics.port) + 4);
      await monitoring.#start([
        ...targetsOf('operator', [new URL(addresses.operator).host]),
        ...targetsOf('gateway', [metrics.host]),
        ...(await podTargets(kubeconfig)),
        { targets: [`127.0.0.1:${ports.stateMetrics}`], labels: {} },
      ]);
      await monitoring.#startStateMetrics(kubeconfig);
      await eventually('Prometheus', 30, async () =>
        (await fetch(`${monitoring.url}/-/ready`)).ok ? true : undefined,
      );
      return monitoring;
    } catch (error) {
      await monitoring.stop();
      throw error;
    }
  }

  async #startStateMetrics(kubeconfig: string): Promise<void> {
    await this.#run(await ensureKubeStateMetrics({ report() {} }), [
      `--kubeconfig=${kubeconfig}`,
      '--resources=resourcequotas',
      ...['--host=127.0.0.1', `--port=${ports.stateMetrics}`],
      ...['--telemetry-host=127.0.0.1', '--telemetry-port=0'],
    ]);
  }

  async #start(targets: Targets[]): Promise<void> {
    const config = join(this.#folder, 'prometheus.yml');
    writeFileSync(
      config,
      JSON.stringify({
        global: { scrape_interval: '5s' },
        scrape_configs: [
          // The namespace of a quota is that of its object.
          { job_name: 'all', honor_labels: true, static_configs: targets },
        ],
      }),
    );
    await this.#run('prometheus', [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(this.#folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${ports.prometheus}`,
      '--log.level=warn',
    ]);
  }

  async #run(program: string, args: string[]): Promise<void> {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 2] });
    await once(child, 'spawn').catch(({ message }: Error) => {
      throw new CommandError(
        `${program} cannot be started: ${message}`,
        'On Debian, install it with: apt-get install prometheus',
      );
    });
    this.#programs.push(child);
  }

  /** Ends both programs, and deletes the metrics. */
  async stop(): Promise<void> {
    await Promise.all(
      this.#programs
        .filter(({ exitCode, signalCode }) => exitCode === null && !signalCode)
        .map(async child => {
          child.kill();
          await once(child, 'close');
        }),
    );
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function targetsOf(name: string, targets: string[]): Targets[] {
  return [{ targets, labels: { namespace: system, pod: `${name}-0` } }];
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
      .filter(({ status }) => status?.podIP)
      .map(({ metadata, status }) => ({
        targets: [`${status!.podIP}:${podPort}`],
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
