import { apiServer } from '../components/apiServer';
import { controllerManager, scheduler } from '../components/controllers';
import { etcd } from '../components/etcd';
import { podRoute } from '../simulated/podRoute';
import { asOwner } from '../kubernetes/applyObjects';
import { directEnvironment } from '../network/directEnvironment';
import { run } from '../process/run';
import type { LocalRun } from './LocalRun';

/** Starts etcd and the API server; when it returns, the kubeconfig works. */
export async function startApi({
  plane,
  paths,
  client,
  start,
}: LocalRun): Promise<void> {
  const server = apiServer(plane, () => client.answers('/readyz'));
  if (plane.podProxy)
    server.arguments.push(...podRoute(paths.config, plane.podProxy));
  await Promise.all([
    start({ ...etcd(plane), probe: () => client.answers('/readyz/etcd') }),
    start(server),
  ]);
}

/** Brings kinds from a folder in, and waits until they are served. */
export async function defineKinds(
  { kubernetes, paths }: LocalRun,
  folder: string,
): Promise<void> {
  const kubectl = (...args: string[]) =>
    run(
      kubernetes.path('kubectl'),
      [`--kubeconfig=${paths.kubeconfig}`, ...args, `--filename=${folder}`],
      { timeout: 60_000, environment: directEnvironment() },
    );
  await kubectl('apply', ...asOwner);
  await kubectl('wait', '--for=condition=Established', '--timeout=30s');
}

/** Starts Kubernetes' own controllers, and the scheduler where there is something to schedule. */
export async function startControllers(
  { plane, client, start }: LocalRun,
  withScheduler: boolean,
): Promise<void> {
  const healthy = (port: number) => () =>
    client.answers(`https://${plane.address}:${port}/healthz`);
  await Promise.all([
    start(controllerManager(plane, healthy(plane.ports.controllers))),
    ...(withScheduler
      ? [start(scheduler(plane, healthy(plane.ports.scheduler)))]
      : []),
  ]);
}
