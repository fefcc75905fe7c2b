import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePrograms, type Programs } from '../binaries/ensurePrograms';
import type { ProgramSet } from '../binaries/ProgramSet';
import {
  addonsSet,
  cellSet,
  kubernetesSet,
  runtimeSet,
} from '../binaries/programSets';
import { clusterCertificates, issueCertificates } from '../certificates';
import { ClusterError } from '../ClusterError';
import { ApiClient } from '../kubernetes/ApiClient';
import { applyObjects } from '../kubernetes/applyObjects';
import { defineKinds } from '../kubernetes/defineKinds';
import type { ClusterStart } from '../ClusterStart';
import type { StartedCluster } from '../StartedCluster';
import { Launcher } from '../launcher/Launcher';
import { unlessAborted } from '../process/unlessAborted';
import { hostPid } from '../supervisor/hostPid';
import { Supervisor } from '../supervisor/Supervisor';
import { startApi, startControllers } from './controlPlane';
import { cellArguments, cleanMachine } from './isolation';
import type { LocalRun } from './LocalRun';
import { settleNetwork } from './network';
import { grantAccess, startDns, startRegistry, startVolumes } from './addons';
import { startNode } from './node';
import { startSimulatedNode } from './simulatedNode';
import { STOP_ORDER } from './stopOrder';

/**
 * Starts a local cluster: each part as soon as its programs exist.
 *
 * @throws ClusterError with the failure, after all started parts have stopped
 */
export async function startLocal(start: ClusterStart): Promise<StartedCluster> {
  const { recorder } = start;
  const failed = new AbortController();
  const signal = AbortSignal.any([start.signal, failed.signal]);
  const prepare = (step: string, set: ProgramSet) =>
    recorder.step(step, async report => {
      const programs = await ensurePrograms(set, { report, signal });
      report(programs.origin);
      return programs;
    });

  const cell = await ensurePrograms(cellSet, {
    report: detail =>
      recorder.updateStep('kubernetes', { state: 'running', detail }),
    signal,
  });
  const kubernetes = await prepare('kubernetes', kubernetesSet);
  const { run, supervisor, launcher } = await beginRun(
    { ...start, signal },
    { cell, kubernetes },
  );
  const lost = once(launcher, 'lost').then(() => {
    supervisor.close();
    run.client.close();
    return cleanMachine(start.paths, 'hold');
  });
  const stop = async () => {
    failed.abort();
    run.client.close();
    await supervisor.stop(STOP_ORDER);
  };
  try {
    const killed = lost.then(() => {
      throw new ClusterError(
        'The process that holds the cluster was killed during the start.',
        'Start the cluster again; its data is kept.',
      );
    });
    const parts = startParts(run, start, prepare);
    await unlessAborted(signal, Promise.race([parts, killed]));
    return {
      stop: async () => {
        await stop();
        await cleanMachine(start.paths, 'release');
      },
      lost,
    };
  } catch (error) {
    await stop();
    if (start.signal.aborted) await cleanMachine(start.paths, 'release');
    throw error;
  }
}

async function startParts(
  run: LocalRun,
  { extent, options: { kinds, podGate } }: ClusterStart,
  prepare: (step: string, set: ProgramSet) => Promise<Programs>,
): Promise<void> {
  const { recorder } = run;
  await recorder.step('api', () => startApi(run));
  if (extent === 'api') return;
  const controllers = recorder.step('controllers', async () => {
    if (kinds)
      await defineKinds({
        client: run.client,
        kubectl: run.kubernetes.path('kubectl'),
        kubeconfig: run.paths.kubeconfig,
        folder: kinds,
        signal: run.signal,
      });
    await startControllers(run, extent === 'full' || extent === 'simulated');
  });
  if (extent === 'control-plane') {
    await controllers;
    return;
  }
  if (extent === 'simulated') {
    const pretend = recorder.step('node', () => startSimulatedNode(run));
    await Promise.all([controllers, pretend]);
    return;
  }
  // One build after the other, in the order in which the parts are needed.
  const runtime = prepare('runtime', runtimeSet);
  const addons = runtime.then(() => prepare('addons', addonsSet));
  const node = Promise.all([runtime, grantAccess(run)]).then(([programs]) =>
    recorder.step('node', () => startNode(run, programs, podGate)),
  );
  const volumes = recorder.step('volumes', () => startVolumes(run));
  const dns = async () => {
    const [programs, { path }] = await Promise.all([addons, runtime, node]);
    await recorder.step('dns', () => startDns(run, programs, path('ctr')));
  };
  const registry = async () => {
    const programs = await addons;
    await recorder.step('registry', () => startRegistry(run, programs));
  };
  await Promise.all([controllers, node, volumes, dns(), registry()]);
}

async function beginRun(
  { extent, options, paths, recorder, signal }: ClusterStart,
  { cell, kubernetes }: Pick<LocalRun, 'cell' | 'kubernetes'>,
): Promise<{ run: LocalRun; supervisor: Supervisor; launcher: Launcher }> {
  const { name, simulatedNode: podProxy } = options;
  const isolated = extent === 'full';
  const network = await settleNetwork(paths, isolated);
  const server = `https://${network.address}:${network.ports.api}`;
  const node = `bailiwick-${name}`;
  mkdirSync(paths.logs, { recursive: true });
  await issueCertificates(
    cell.path('cell'),
    clusterCertificates({
      pki: paths.pki,
      cluster: node,
      server,
      address: network.address,
      apiService: network.apiService,
      adminKubeconfig: paths.kubeconfig,
      node: isolated ? node : undefined,
    }),
  );
  recorder.update({ server, kubectl: kubernetes.path('kubectl') });
  const launcher = await Launcher.start(
    cell.path('cell'),
    isolated ? await cellArguments(paths, network) : ['launch'],
    join(paths.logs, 'launcher.log'),
  );
  const supervisor = new Supervisor({ launcher, recorder, logs: paths.logs });
  const etcdData = join(paths.directory, 'etcd');
  mkdirSync(etcdData, { recursive: true, mode: 0o700 });
  const run: LocalRun = {
    name,
    node,
    paths,
    network,
    plane: {
      ...network,
      program: kubernetes.path,
      pki: paths.pki,
      etcdData,
      durable: isolated,
      podProxy,
    },
    recorder,
    client: ApiClient.fromKubeconfig(paths.kubeconfig),
    kubernetes,
    cell,
    signal,
    apply: objects =>
      applyObjects(kubernetes.path('kubectl'), paths.kubeconfig, objects),
    start: component => supervisor.start(component),
    anyPid: () => hostPid(launcher.pid, 1) ?? launcher.pid,
  };
  return { run, supervisor, launcher };
}
