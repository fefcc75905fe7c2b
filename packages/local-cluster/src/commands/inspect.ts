import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ClusterError } from '../ClusterError';
import { resetCluster, stopCluster } from '../lifecycle/stopCluster';
import { clusterPaths } from '../paths';
import { directEnvironment } from '../network/directEnvironment';
import { findOnPath } from '../process/findOnPath';
import type { ClusterState } from '../state/ClusterState';
import type { Arguments } from './arguments';
import { say, sayJson } from './output';
import { currentState } from './start';

/** Prints phase, steps and components. */
export async function status(options: Arguments): Promise<number> {
  const state = requireState(options);
  if (options.json) sayJson(state);
  else {
    say(
      `${state.name}: ${state.phase} (${state.provider}, because ${state.why})`,
    );
    for (const step of state.steps) {
      say(
        `  ${step.state.padEnd(8)} ${step.title}${
          step.detail ? `: ${step.detail}` : ''
        }`,
      );
    }
    for (const each of state.components) {
      const now = each.ready ? 'ready' : 'not ready';
      say(
        `  ${now.padEnd(10)} ${each.name} pid ${each.pid ?? '-'} restarts ${
          each.restarts
        }`,
      );
    }
    if (state.error) say(`  ${state.error.message}\n  ${state.error.remedy}`);
  }
  return state.phase === 'ready' ? 0 : 3;
}

/** Stops the cluster; its data stays. */
export async function stop(options: Arguments): Promise<number> {
  const ran = await stopCluster(options.dataDir, options.name);
  say(ran ? `Stopped ${options.name}.` : `${options.name} was not running.`);
  return 0;
}

/** Stops the cluster and deletes its data. */
export async function reset(options: Arguments): Promise<number> {
  await resetCluster(options.dataDir, options.name);
  say(`Removed ${options.name}.`);
  return 0;
}

/** Prints the path of the administrator's kubeconfig. */
export async function kubeconfig(options: Arguments): Promise<number> {
  say(requireState(options).kubeconfig);
  return 0;
}

/** Runs kubectl against the cluster. */
export async function kubectl(
  options: Arguments,
  passed: readonly string[],
): Promise<number> {
  const state = requireState(options);
  const program = state.kubectl ?? findOnPath('kubectl');
  if (!program) throw noCluster(options);
  const environment = { ...directEnvironment(), KUBECONFIG: state.kubeconfig };
  const child = spawn(program, passed, { stdio: 'inherit', env: environment });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

/** Prints a component's log, and follows it with `-f`. */
export async function logs(options: Arguments): Promise<number> {
  const [component] = options.positionals;
  const known = currentState(options)?.components.map(each => each.name) ?? [];
  if (!component || ![...known, 'supervisor', 'launcher'].includes(component)) {
    throw new ClusterError(
      `Which log? Known are: ${[...known, 'supervisor', 'launcher'].join(
        ', ',
      )}.`,
      'bailiwick-cluster logs kube-apiserver',
    );
  }
  const file = join(
    clusterPaths(options.dataDir, options.name).logs,
    `${component}.log`,
  );
  const follow = options.follow ? ['-F'] : [];
  const child = spawn('tail', ['-n', '200', ...follow, file], {
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  return code ?? 0;
}

function requireState(options: Arguments): ClusterState {
  const state = currentState(options);
  if (state) return state;
  throw noCluster(options);
}

function noCluster({ name, dataDir }: Arguments): ClusterError {
  return new ClusterError(
    `Cluster ${name} was not found in ${dataDir}.`,
    `bailiwick-cluster start --name ${name} starts one.`,
  );
}
