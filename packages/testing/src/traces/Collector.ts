import { ensureCollector } from '@bailiwick/backstage-local-cluster';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../cluster/eventually';
import { endProcess } from '../process/endProcess';
import { freePort } from '../process/freePort';
import type { ExportRequest } from './exportRequest';
import { toSpans, type ReceivedSpan } from './ReceivedSpan';

const host = '127.0.0.1';

/** A real OpenTelemetry Collector on loopback, which receives spans over OTLP/HTTP and writes them to a file. */
export class Collector {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly address: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'collector-'));
  readonly #process: ChildProcess;

  private constructor(program: string, port: number) {
    this.address = `http://${host}:${port}`;
    const config = {
      receivers: {
        otlp: { protocols: { http: { endpoint: `${host}:${port}` } } },
      },
      exporters: { file: { path: this.#file, flush_interval: '50ms' } },
      service: {
        pipelines: { traces: { receivers: ['otlp'], exporters: ['file'] } },
      },
    };
    this.#process = spawn(
      program,
      ['--config', `yaml:${JSON.stringify(config)}`],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
  }

  /** Starts a collector. @throws ClusterError when its program cannot be built */
  static async start(): Promise<Collector> {
    const program = await ensureCollector({ report() {} });
    const collector = new Collector(program, await freePort(host));
    await eventually('The collector responds', () =>
      fetch(collector.address).then(() => true),
    );
    return collector;
  }

  get #file(): string {
    return join(this.#folder, 'spans.jsonl');
  }

  /** Returns the spans of a trace that have arrived, in the order of their starts. */
  spans(traceId: string): ReceivedSpan[] {
    if (!existsSync(this.#file)) return [];
    return readFileSync(this.#file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .flatMap(line => toSpans(JSON.parse(line) as ExportRequest))
      .filter(span => span.traceId === traceId)
      .sort((left, right) => left.start - right.start);
  }

  async stop(): Promise<void> {
    await endProcess(this.#process);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
