import {
  ControllerMetrics,
  KubeClient,
  serveHealth,
  type KubeClientOptions,
} from '@bailiwick/backstage-kube-controller';
import { startTracing } from '@bailiwick/backstage-tracing';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { readConfig, usage, type OperatorConfig } from './config';
import { createLog } from './log';
import { Operator } from './Operator';

const log = createLog();

async function main(config: OperatorConfig): Promise<void> {
  const stop = new AbortController();
  for (const event of ['SIGTERM', 'SIGINT'] as const) {
    process.once(event, () => {
      log.info(`Stopping on ${event}`);
      stop.abort();
    });
  }
  const { kubeconfig: path, context, identity, leaderElection } = config;
  const { controllers, leaseSeconds } = config;
  const tracing = await startTracing({
    service: 'bailiwick-operator',
    warn: message => log.warn(message),
  });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = new ControllerMetrics(registry);
  const options: Pick<KubeClientOptions, 'observe' | 'userAgent'> = {
    userAgent: 'bailiwick-operator',
    observe: answer => metrics.observeRequest(answer),
  };
  const client = KubeClient.fromKubeconfig({ path, context, ...options });
  const operator = new Operator({
    client,
    log,
    metrics,
    identity: leaderElection ? identity : undefined,
    leaseSeconds,
    controllers,
    connect: text => KubeClient.fromKubeconfigText({ text, ...options }),
  });
  const server = await serveHealth({
    port: config.port,
    host: config.host,
    registry,
    isReady: () => operator.isReady,
    role: () => (operator.isLeading ? 'leading' : 'standing by'),
  });
  log.info('Started', { port: server.port, server: client.server });
  try {
    await operator.run(stop.signal);
  } finally {
    await server.close();
    await client.close();
    await tracing?.stop();
  }
  log.info('Stopped');
}

try {
  const config = readConfig(process.argv.slice(2), process.env);
  if (config) await main(config);
  else process.stdout.write(usage);
} catch (error) {
  log.error((error as Error).message);
  process.exitCode = 1;
}
