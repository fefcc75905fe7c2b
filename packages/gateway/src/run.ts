import {
  KubeClient,
  serveHealth,
  type Logger,
} from '@bailiwick/backstage-kube-controller';
import { startTracing } from '@bailiwick/backstage-tracing';
import { pino, type Logger as PinoLogger } from 'pino';
import type { GatewayConfig } from './config';
import { createGateway } from './createGateway';
import { HistoryKeeper, historyRoute } from './history';
import { AccessTokens } from './login';
import { GatewayMetrics } from './observe';
import { ReadLog, readsRoute } from './reads';
import { SnapshotStore } from './snapshots';
import { DirectUpstream, ProxyUpstream, RoutedUpstream } from './upstream';
import { UsageRecorder, writeGrantUsage } from './usage';
import { ClusterView } from './watch';

/** Milliseconds in which clients can close their connections to a gateway that stops. */
const drainTimeout = 3_000;

/** A gateway that listens. */
interface RunningGateway {
  /** Such as `http://127.0.0.1:7080`. */
  address: string;
  /** Serves `/metrics`, `/calls`, `/healthz` and `/readyz`. */
  metricsPort: number;
  /** Completes open responses, writes the usage and closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts a gateway on a cluster. It listens at once and is ready when apps and grants are loaded.
 *
 * @throws KubeconfigError, the error of `listen` such as EADDRINUSE, or that of a variable of OpenTelemetry
 */
export async function run(config: GatewayConfig): Promise<RunningGateway> {
  const { kubeconfig: path, context, timeout, publicUrl, host, port } = config;
  const metrics = new GatewayMetrics();
  const stopped = new AbortController();
  const client = KubeClient.fromKubeconfig({
    path,
    context,
    userAgent: 'bailiwick-gateway',
  });
  const logger = pino();
  const log = asLogger(logger);
  const tracing = await startTracing({
    service: 'bailiwick-gateway',
    warn: message => log.warn(message),
  });
  const view = new ClusterView({ client, log });
  const own =
    config.upstream === 'proxy'
      ? new ProxyUpstream({ client, services: view, timeout })
      : new DirectUpstream({ services: view, timeout });
  const upstream = new RoutedUpstream({ own, clusters: view, timeout });
  const usage = new UsageRecorder({
    log,
    write: writeGrantUsage(client, grant => view.newestGrant(grant)),
  });
  const history = new HistoryKeeper({ file: config.historyFile, log });
  await history.start();
  const reads = new ReadLog({
    folder: config.readsFolder,
    maxBytes: config.readsMegabytes * 2 ** 20,
    log,
  });
  await reads.start();
  const snapshots = new SnapshotStore({
    folder: config.snapshotsFolder,
    maxBytes: config.snapshotsMegabytes * 2 ** 20,
    log,
  });
  const server = createGateway({
    directory: view,
    upstream,
    usage,
    history: history.recorder,
    reads,
    snapshots,
    publicUrl,
    accessTokens: config.accessTokens && new AccessTokens(config.accessTokens),
    drainTimeout,
    failedLogins: config.failedLogins,
    trustedProxies: config.trustedProxies,
    streams: { total: config.streams, perGrant: config.streamsPerGrant },
    metrics,
    missing: () => view.missing,
    tracing,
    logger,
  });
  const observed = await serveHealth({
    host,
    port: config.metricsPort,
    registry: metrics.registry,
    routes: {
      '/calls': historyRoute(history.recorder),
      '/reads': readsRoute(reads),
    },
    isReady: () => view.missing.length === 0,
  });
  const address = await server.listen({ host, port });
  view.start(stopped.signal);
  warnIfOpen(log, host);
  return {
    address,
    metricsPort: observed.port,
    async stop() {
      await server.close();
      await observed.close();
      await usage.stop();
      await history.stop();
      await reads.stop();
      await snapshots.stop();
      stopped.abort();
      await upstream.close();
      await client.close();
      await tracing?.stop();
    },
  };
}

function asLogger(logger: PinoLogger): Logger {
  return {
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  };
}

function warnIfOpen(log: Logger, host: string): void {
  const isLoopback =
    host === 'localhost' || host === '::1' || host.startsWith('127.');
  if (isLoopback) return;
  const message =
    'This address receives tokens without encryption; put a TLS proxy in front of it';
  log.warn(message, { host });
}
