import {
  coreKinds,
  type Desired,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  changeRequestKind,
  findCondition,
  homeNamespace,
  tenantKind,
  type App,
  type ChangeRequest,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { request } from '@bailiwick/backstage-testing/objects';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FaultBench, pause } from '@bailiwick/backstage-testing/world';

import { OperatorProcess } from '@bailiwick/backstage-testing/process';
import {
  identityOf,
  writeKubeconfig,
} from '@bailiwick/backstage-testing/proxy';
import { secondCommit } from '@bailiwick/backstage-testing/people';
import { createAccount } from './scenario/createAccount';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(400_000);

const replicaSets = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  scope: 'Namespaced',
} as const;
const definitions = coreKinds.customResourceDefinitions;

integration('an operator in a changing environment', () => {
  let bench: FaultBench;
  const apps = () => bench.admin.resource<App>(appKind);
  const tenants = () => bench.admin.resource<Tenant>(tenantKind);
  const deployments = () => bench.admin.resource(coreKinds.deployments);

  const stored = async (name: string) => {
    const { metadata, spec, ...rest } = (await bench.admin
      .resource(definitions)
      .get(name)) as Desired;
    const { name: _, labels } = metadata;
    return { ...rest, status: undefined, spec, metadata: { name, labels } };
  };

  beforeAll(async () => {
    bench = await FaultBench.start();
    await bench.giveTenant('desk', 'prices');
  });
  afterEach(() => bench.reset());
  afterAll(() => bench?.stop());

  it('operator/37 restarts no pod when it is exchanged, and does not fight with an older API', async () => {
    const dev = { namespace: 'desk--dev' };
    await bench.quiesce();
    await bench.stopOperator();
    // As an earlier version left it: under another name, with another hash.
    const before = await deployments().get('prices', dev);
    const revisions = async () =>
      (await bench.admin.resource(replicaSets).list(dev)).map(
        ({ metadata }) => metadata.name,
      );
    const revisionsBefore = await revisions();
    const { managedFields } = before.metadata as {
      managedFields?: { manager: string }[];
    };
    await deployments().patch(
      'prices',
      {
        metadata: {
          annotations: { 'bailiwick.dev/desired-hash': 'v0' },
          managedFields: managedFields?.map(one => ({
            ...one,
            manager: one.manager.replace('bailiwick-operator', 'bailiwick'),
          })),
        },
      },
      dev,
    );
    const start = bench.proxy.writes.length;
    bench.startOperator();
    await eventually('The operator takes it over', async () => {
      const { metadata } = await deployments().get('prices', dev);
      return metadata.annotations?.['bailiwick.dev/desired-hash'] !== 'v0';
    });
    await bench.quiesce();
    const after = await deployments().get('prices', dev);
    expect(after.spec).toEqual(before.spec);
    expect(await revisions()).toEqual(revisionsBefore);
    const written = bench.proxy.writes.slice(start).map(identityOf);
    // The annotation counts as a change of the Deployment, which is observed again before it is called ready.
    const ofApp = written.filter(one => one.startsWith('apps '));
    expect(ofApp.length).toBeLessThanOrEqual(2);
    expect(written.filter(one => !one.startsWith('apps '))).toEqual([
      'deployments desk--dev/prices',
    ]);
    const { managedFields: fields } = after.metadata as {
      managedFields?: { manager: string; fieldsV1: object }[];
    };
    const own = fields?.find(({ manager }) => manager === 'bailiwick-operator');
    expect(JSON.stringify(own?.fieldsV1)).toContain('f:containers');

    // An API server without the newest fields of the status.
    const name = 'apps.bailiwick.dev';
    const whole = await stored(name);
    const older = JSON.parse(JSON.stringify(whole));
    const { status } = older.spec.versions[0].schema.openAPIV3Schema.properties;
    const { properties } = status.properties.environments.items;
    for (const field of ['digest', 'next', 'revision', 'pods'])
      delete properties[field];
    status.properties.environments.items.required = ['name'];
    const resource = bench.admin.resource(definitions);
    const manager = { fieldManager: 'test-cluster', force: true };
    try {
      await resource.apply(older, manager);
      await eventually('The field is dropped', async () => {
        const ask = { status: { environments: [{ next: 'x' }] } };
        const { status: kept } = await apps().patch('prices', ask, {
          namespace: homeNamespace('desk'),
          dryRun: true,
        });
        return !JSON.stringify(kept ?? {}).includes('"next":"x"');
      });
      await bench.restartOperator();
      await bench.operatorReady();
      await bench.people.scale('desk', 'prices', 2);
      await eventually('It is ready with two pods', async () => {
        const app = await apps().get('prices', {
          namespace: homeNamespace('desk'),
        });
        const ready = findCondition(app.status, 'Ready');
        const { readyReplicas } = (await deployments().get('prices', dev))
          .status!;
        return (
          readyReplicas === 2 &&
          ready?.status === 'True' &&
          ready.observedGeneration === app.metadata.generation
        );
      });
      await bench.quiesce();
      expect(await bench.writesWithin(3000)).toEqual([]);
    } finally {
      await resource.apply(whole, manager);
    }
  });

  it('operator/38 loses only the revoked rights', async () => {
    const hasBudget = () =>
      bench.admin
        .resource(coreKinds.podDisruptionBudgets)
        .list({ namespace: 'desk--dev' })
        .then(found => found.length > 0);
    await bench.people.scale('desk', 'prices', 2);
    await eventually('A disruption budget', hasBudget);
    const roles = bench.admin.resource(coreKinds.clusterRoles);
    const role = (await roles.get('bailiwick:operator')) as KubeObject & {
      rules: { resources: string[] }[];
    };
    const without = role.rules.filter(
      ({ resources }) => !resources.includes('poddisruptionbudgets'),
    );
    expect(without.length).toBe(role.rules.length - 1);
    await roles.patch('bailiwick:operator', { rules: without });
    bench.proxy.cutWatches();
    await eventually('It is refused', () =>
      bench.proxy.passages.some(
        ({ resource, status }) =>
          resource === 'poddisruptionbudgets' && status === 403,
      ),
    );
    await bench.people.scale('desk', 'prices', 1);
    await eventually('The status says what it may not', async () => {
      const { status } = await apps().get('prices', {
        namespace: homeNamespace('desk'),
      });
      return /forbidden|not allowed|cannot/.test(
        status?.environments?.[0]?.why ?? '',
      );
    });
    await bench.giveTenant('others', 'prices');
    expect((await bench.operator.ask('/healthz')).status).toBe(200);
    await roles.patch('bailiwick:operator', { rules: role.rules });
    await bench.settle('desk', 60);
    expect(await hasBudget()).toBe(false);
  });

  it('operator/39 works without missing kinds, and continues when they return', async () => {
    const { pid } = bench.operator;
    const name = 'changerequests.bailiwick.dev';
    const resource = bench.admin.resource(definitions);
    const whole = await stored(name);
    await resource.delete(name);
    await eventually('The kind is gone', async () => {
      const all = await resource.list();
      return !all.some(({ metadata }) => metadata.name === name);
    });
    bench.proxy.cutWatches({ resource: 'changerequests' });
    await bench.people.scale('desk', 'prices', 3);
    await bench.settle('desk');
    expect(bench.operator.pid).toBe(pid);
    // One that starts meanwhile reports the missing kind, and works without it.
    const late = await bench.restartOperator();
    await eventually('It says so', () =>
      late.log.some(
        ({ message }) =>
          message.includes('ChangeRequest') &&
          message.includes('install charts/bailiwick/crds'),
      ),
    );
    await bench.people.scale('desk', 'prices', 2);
    await bench.settle('desk', 60);
    expect((await late.ask('/readyz')).status).not.toBe(200);
    await resource.apply(whole as Desired, {
      fieldManager: 'test-cluster',
      force: true,
    });
    await eventually(
      'The watch is open again',
      () => bench.proxy.watches.some(one => one.resource === 'changerequests'),
      40,
    );
    // Work that waited for the kind continues.
    const person = {
      user: 'user:default/rita',
      groups: ['group:default/rates'],
    };
    await bench.admin
      .as(person)
      .resource<ChangeRequest>(changeRequestKind)
      .create(request('later', 'later'));
    await eventually('The request is judged', async () => {
      const asked = await bench.admin
        .resource<ChangeRequest>(changeRequestKind)
        .get('later');
      return asked.status?.phase !== undefined;
    });
    expect(bench.operator.pid).toBe(late.pid);
    expect(late.isRunning).toBe(true);
    expect((await late.ask('/readyz')).status).toBe(200);
  });

  it('operator/43 uses a new token and a new CA at once', async () => {
    await bench.stopOperator();
    const namespace = 'bailiwick-system';
    const { cluster } = parse(readFileSync(bench.cluster.kubeconfig, 'utf8'))
      .clusters[0] as { cluster: Record<string, string> };
    const files = {
      token: join(bench.folder, 'token'),
      ca: join(bench.folder, 'ca.crt'),
    };
    const { ca } = bench.cluster.serving();
    const tokenOf = (account: string) => createAccount(bench.admin, account);
    writeFileSync(files.ca, ca);
    writeFileSync(files.token, await tokenOf('first'));
    const operator = OperatorProcess.start({
      kubeconfig: writeKubeconfig(
        bench.folder,
        cluster.server,
        { tokenFile: files.token },
        { 'certificate-authority': files.ca },
      ),
    });
    try {
      await bench.people.scale('desk', 'prices', 4);
      await bench.settle('desk');
      writeFileSync(files.token, await tokenOf('second'));
      await bench.admin
        .resource(coreKinds.serviceAccounts)
        .delete('first', { namespace });
      await bench.people.scale('desk', 'prices', 2);
      await bench.settle('desk', 40);
      // The authority's successor is trusted besides it, as a rotation begins.
      writeFileSync(files.ca, `${bench.cluster.serving().cert}${ca}`);
      await pause(11_000);
      await bench.people.run('desk', 'prices', secondCommit);
      await bench.settle('desk', 40);
      expect(operator.isRunning).toBe(true);
      expect(JSON.stringify(operator.log)).not.toContain('eyJ');
    } finally {
      await operator.kill();
    }
  });

  it('operator/44 notes the time of a change only when something changes', async () => {
    const conditionsOf = async () => [
      ...((await tenants().get('desk')).status?.conditions ?? []),
      ...((await apps().get('prices', { namespace: homeNamespace('desk') }))
        .status?.conditions ?? []),
    ];
    await bench.settle('desk');
    const before = await conditionsOf();
    for (const condition of before) {
      expect(condition).toEqual({
        type: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
        status: expect.stringMatching(/^(True|False|Unknown)$/),
        reason: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
        message: expect.any(String),
        observedGeneration: expect.any(Number),
        lastTransitionTime: expect.stringMatching(
          /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
        ),
      });
    }
    const times = (conditions: typeof before) =>
      conditions.map(({ type, lastTransitionTime }) => [
        type,
        lastTransitionTime,
      ]);
    for (const clockAheadSeconds of [3600, -3600]) {
      await bench.stopOperator();
      const { kubeconfig } = bench.proxy;
      const operator = OperatorProcess.start({ kubeconfig, clockAheadSeconds });
      await eventually('It is up', async () => {
        return (await operator.ask('/readyz')).status === 200;
      });
      expect(await bench.writesWithin(2000)).toEqual([]);
      // Another spec, and nothing that turns a condition.
      const title = `Prices at ${clockAheadSeconds}`;
      await bench.people.edit('desk', 'prices', { title });
      await bench.settle('desk');
      expect(times(await conditionsOf())).toEqual(times(before));
      await operator.kill();
    }
  });
});
