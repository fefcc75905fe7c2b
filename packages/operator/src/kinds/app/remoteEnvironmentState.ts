import { keyOf } from '@bailiwick/backstage-kube-controller';
import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  lastKnownState,
  type EnvironmentState,
  type RemoteCluster,
} from '../../placement';
import { previousState } from './status';

/** Returns the last known state of an environment on another cluster. */
export function remoteEnvironmentState(
  app: App,
  environment: string,
  remote: RemoteCluster,
  now: Date,
): EnvironmentState {
  const reported = remote.target?.apps
    .get(keyOf(app))
    ?.environments.find(({ name }) => name === environment);
  return lastKnownState(
    remote,
    {
      reported,
      previous: previousState(app, environment),
      initial: initialState(environment, remote),
    },
    now,
  );
}

function initialState(
  name: string,
  { cluster, target }: RemoteCluster,
): EnvironmentState {
  const pods = { ready: 0, desired: 0 };
  return target
    ? {
        name,
        pods,
        health: 'Progressing',
        why: `Waiting for cluster ${cluster}.`,
        next: '',
      }
    : {
        name,
        pods,
        health: 'Failed',
        why: `Environment ${name} is on cluster "${cluster}", which does not exist.`,
        next: 'Ask the platform team to add the cluster, or request another environment.',
      };
}
