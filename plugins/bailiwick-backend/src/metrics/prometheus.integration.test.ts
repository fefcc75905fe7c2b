import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@bailiwick/backstage-testing';
import { Prometheus } from './Prometheus';
import { PrometheusSource } from './PrometheusSource';
import { emptyView } from './MetricsSampler';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(90_000);

const namespace = 'rates-desk--dev';
const pod = 'prices-7d9f8c6b5-x2k4j';
const interval = 1_000;
const kept = 60_000;

/** Returns the metrics of a runtime that has served a call of 0.2 s every tenth of a second since `begun`. */
function told(begun: number): string {
  const calls = Math.floor((Date.now() - begun) / 100);
  return [
    `bailiwick_calls_total{function="prices"} ${calls}`,
    `bailiwick_rows_total{function="prices"} ${calls * 10}`,
    `bailiwick_call_errors_total{function="prices",type="too-slow"} 0`,
    `bailiwick_call_duration_seconds_bucket{function="prices",le="0.1"} 0`,
    `bailiwick_call_duration_seconds_bucket{function="prices",le="0.25"} ${calls}`,
    `bailiwick_call_duration_seconds_bucket{function="prices",le="+Inf"} ${calls}`,
    `bailiwick_call_duration_seconds_sum{function="prices"} ${calls * 0.2}`,
    `bailiwick_call_duration_seconds_count{function="prices"} ${calls}`,
    `process_cpu_seconds_total ${calls * 0.01}`,
    'process_resident_memory_bytes 1.048576e+08',
    '',
  ].join('\n');
}

integration('a Prometheus that scrapes the pods of apps', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
  let exporter: Server;
  let program: ChildProcess;
  let url: string;
  const asked: string[] = [];

  const source = (app: string, address = url) =>
    new PrometheusSource({
      prometheus: new Prometheus({
        url: address,
        window: '5s',
        matchers: 'job="apps"',
      }),
      namespace,
      app,
      markers: () => [
        { at: new Date(0).toISOString(), commits: ['of long ago'] },
        { at: new Date().toISOString(), commits: ['prices-r2'] },
      ],
      interval,
      kept,
      otherwise: {
        async sample() {
          asked.push(app);
          return emptyView('runtime', { interval, kept });
        },
      },
    });

  beforeAll(async () => {
    const begun = Date.now();
    exporter = createServer((_, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(told(begun));
    }).listen(0, '127.0.0.1');
    await once(exporter, 'listening');
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    free.close();
    url = `http://127.0.0.1:${port}`;
    const target = `127.0.0.1:${(exporter.address() as AddressInfo).port}`;
    writeFileSync(
      join(folder, 'prometheus.yml'),
      JSON.stringify({
        global: { scrape_interval: '1s' },
        scrape_configs: [
          {
            job_name: 'apps',
            static_configs: [
              { targets: [target], labels: { namespace, pod } },
              {
                targets: [target],
                labels: { namespace, pod: 'prices-today-7d9f8c6b5-x2k4j' },
              },
            ],
          },
        ],
      }),
    );
    program = spawn(
      'prometheus',
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=warn',
      ],
      { stdio: 'ignore' },
    );
    await once(program, 'spawn');
  }, 60_000);
  afterAll(async () => {
    if (program?.exitCode === null) {
      program.kill();
      await once(program, 'close');
    }
    exporter?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("returns metrics from before the first view, of the app's own pods only", async () => {
    const view = await eventually(
      'It has some samples',
      async () => {
        const found = await source('prices').sample();
        return found.points.length > 4 && found.use[0]?.cores
          ? found
          : undefined;
      },
      60,
    );
    // Before the first scrapes the pods were asked.
    asked.length = 0;
    expect(view).toMatchObject({
      source: 'prometheus',
      notes: [],
      markers: [{ commits: ['prices-r2'] }],
    });
    const last = view.points.at(-1)!;
    // Ten calls a second; a rate over few samples is not exact.
    expect(last.calls).toBeGreaterThan(480);
    expect(last.calls).toBeLessThan(720);
    expect(last.rows / last.calls).toBeCloseTo(10, 1);
    expect(last.errors).toBe(0);
    expect(last.mean).toBeCloseTo(0.2, 2);
    expect(last.p95).toBeCloseTo(0.2425, 3);
    expect(view.use).toEqual([
      { pod, memory: 104_857_600, cores: expect.closeTo(0.1, 1) },
    ]);
    expect((await source('prices').sample()).source).toBe('prometheus');
    expect(asked).toEqual([]);
  });

  it('leaves unknown values, and those it cannot return, to the pods', async () => {
    expect((await source('bonds').sample()).notes).toEqual([
      'Prometheus has no samples of this app yet.',
    ]);
    const [note] = (await source('prices', `${url}/nowhere`).sample()).notes;
    expect(note).toMatch(/^Prometheus can't be queried: .*404/);
    const [closed] = (await source('prices', 'http://127.0.0.1:10009').sample())
      .notes;
    expect(closed).toMatch(/^Prometheus can't be queried: .*ECONNREFUSED/);
    expect(asked).toEqual(['bonds', 'prices', 'prices']);
  });
});
