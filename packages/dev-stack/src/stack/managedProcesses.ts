import { join } from 'node:path';
import { ManagedProcess } from '../process/ManagedProcess';
import { demoPeople } from '../portal/demoPeople';
import { signIn } from '../portal/signIn';
import { stackEnvironment } from './environment';
import { readyUrls } from './readyUrls';
import {
  addresses,
  paths,
  ports,
  type StackOptions,
} from '@bailiwick/backstage-cli';

/** Little garbage at a time, and code that is small: these programs wait most of the time. */
const lean = ['--max-semi-space-size=4', '--optimize-for-size'];
/** glibc keeps freed memory in arenas, eight per core by default. */
const fewArenas = { MALLOC_ARENA_MAX: '2' };

/** Checks that everyone can sign in: a new catalog reads its people a moment after the portal responds. */
const letsPeopleIn = (portal: string) => (signal: AbortSignal) =>
  Promise.all(demoPeople().map(person => signIn(portal, person, signal)));

/** Our own processes. */
export type ManagedProcesses = ReturnType<typeof createManagedProcesses>;

/** Creates the processes of the stack. */
export function createManagedProcesses(options: StackOptions) {
  return options.inCluster ? relays(options) : programs(options);
}

/**
 * Processes that pass connections on to the pods of the chart, so that these have the same addresses as programs on
 * this machine.
 */
function relays(options: StackOptions) {
  const { context } = options;
  const own = ports(options);
  const { portal } = addresses(options);
  const urls = readyUrls(addresses(options));
  const relay = (
    name: keyof typeof urls,
    pods: string,
    targets: Partial<Record<keyof typeof own, number>>,
    complete?: (signal: AbortSignal) => Promise<unknown>,
  ) =>
    new ManagedProcess({
      name,
      program: 'packages/dev-stack/src/relay/main.ts',
      isBundled: true,
      nodeOptions: lean,
      args: [
        ...(context ? ['--context', context] : []),
        ...Object.entries(targets).map(
          ([part, port]) => `${own[part as keyof typeof own]}=${pods}:${port}`,
        ),
      ],
      env: fewArenas,
      log: join(paths(options).logs, `${name}.log`),
      readyUrl: urls[name],
      complete,
    });
  const portalPods = 'bailiwick-portal/bailiwick-portal';
  return {
    // It listens on the same port in its pod.
    identity: relay('sign-in', portalPods, {
      identity: own.identity,
    }),
    portal: relay(
      'portal',
      portalPods,
      { portal: 7007, workspaces: 7008 },
      letsPeopleIn(portal),
    ),
    operator: relay('operator', 'bailiwick-system/bailiwick-operator', {
      operator: 8081,
    }),
    gateway: relay('gateway', 'bailiwick-system/bailiwick-gateway', {
      gateway: 7080,
      gatewayMetrics: 7081,
    }),
  };
}

/** The programs themselves. */
function programs(options: StackOptions) {
  const env = { ...stackEnvironment(options), ...fewArenas };
  const { gateway, identity, portal } = addresses(options);
  const own = ports(options);
  const urls = readyUrls(addresses(options));
  const { kubeconfigs, logs } = paths(options);
  const log = (name: string) => join(logs, `${name}.log`);
  const onCluster = (name: 'gateway' | 'operator', more: string[] = []) =>
    new ManagedProcess({
      name,
      program: `packages/${name}/src/main.ts`,
      isBundled: true,
      nodeOptions: lean,
      args: [
        ...['--kubeconfig', join(kubeconfigs, name)],
        ...['--port', String(own[name])],
        ...more,
      ],
      log: log(name),
      readyUrl: urls[name],
    });
  return {
    identity: new ManagedProcess({
      name: 'sign-in',
      program: 'packages/demo-identity/src/main.ts',
      isBundled: true,
      nodeOptions: lean,
      args: [
        ...['--port', String(own.identity)],
        ...['--redirect-uri', `${portal}/api/auth/oidc/handler/frame`],
        ...['--gateway', gateway],
      ],
      env,
      log: log('sign-in'),
      readyUrl: urls['sign-in'],
    }),
    portal: new ManagedProcess({
      name: 'portal',
      program: 'packages/backend/src/index.ts',
      args: ['--config', 'backstage.app-config.yaml'],
      env: { ...env, LOG_LEVEL: process.env.LOG_LEVEL ?? 'info' },
      log: log('portal'),
      readyUrl: urls.portal,
      complete: letsPeopleIn(portal),
    }),
    operator: onCluster('operator'),
    gateway: onCluster('gateway', [
      ...['--oidc-issuer', identity, '--oidc-audience', gateway],
      '--metrics-port',
      String(own.gatewayMetrics),
      '--reads-folder',
      join(options.dataDir, 'reads'),
      '--snapshots-folder',
      join(options.dataDir, 'snapshots'),
      '--history-file',
      join(options.dataDir, 'calls.json'),
    ]),
  };
}
