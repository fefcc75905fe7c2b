import { apiServer } from '../components/apiServer';
import { controllerManager, scheduler } from '../components/controllers';
import { etcd } from '../components/etcd';
import { podRoute } from '../simulated/podRoute';
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
