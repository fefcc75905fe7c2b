import { archiveFiles } from '@bailiwick/backstage-domain-pack/authoring';
import { proposedAnswers, renderApp } from '@bailiwick/backstage-domain-pack';
import type { Desired } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  apiVersion,
  bundleName,
  homeNamespace,
  labels,
  managedBy,
  type App,
  type Archetype,
  type ChangeRequest,
  type DomainPack,
  type Grant,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { createHash } from 'node:crypto';

/** Name of the tenant, its plan, the request for it and its app. */
export const testName = 'helm-test';
/** Environment of the tenant. */
export const environment = 'dev';
/** Person who requests the tenant and reads the app. */
export const person = {
  user: `user:default/${testName}`,
  groups: [`group:default/${testName}`],
};

const [owner] = person.groups;
const home = homeNamespace(testName);
/** If nothing can delete the tenant, the operator does after this time. */
const lifetimeMs = 3_600_000;

/** A plan that approves the test's request by rule, whatever the other plans are. */
export const testPlan: Plan = {
  apiVersion,
  kind: 'Plan',
  metadata: { name: testName },
  spec: {
    title: 'Test of the installation',
    description: 'Deleted when helm test ends.',
    order: 10_000,
    perEnvironment: {
      cpu: '2',
      memory: '4Gi',
      storage: '1Gi',
      apps: 1,
      pods: 4,
      defaultContainer: { cpu: '50m', memory: '128Mi' },
      maxContainer: { cpu: '2', memory: '4Gi' },
    },
    environments: { max: 1, names: [environment] },
    approval: {
      rules: [
        {
          when: `request.action == 'create' && request.proposed.owners == ['${owner}']`,
          verdict: 'approve',
          reason: 'It is a test of the installation.',
        },
      ],
      deciders: ['group:default/platform'],
    },
    maxLifetime: '1h',
    gracePeriod: '1m',
  },
};

/** Returns the request for the tenant. @param cluster - name of the `Cluster` */
export function testRequest(cluster: string, pack: string): ChangeRequest {
  return {
    apiVersion,
    kind: 'ChangeRequest',
    metadata: { name: testName },
    spec: {
      target: { kind: 'Tenant', name: testName },
      action: 'create',
      proposed: {
        title: 'Test of the installation',
        purpose: 'Deleted when helm test ends.',
        owners: person.groups,
        plan: testName,
        domains: [pack],
        environments: [{ name: environment, cluster }],
        expiresAt: new Date(Date.now() + lifetimeMs).toISOString(),
        deletionProtection: false,
      },
      reason: 'helm test',
      requestedBy: person.user,
    },
  };
}

/**
 * Returns the first archetype whose app answers calls without any answers to its form; `undefined` if there is none.
 */
export function callableArchetype({
  spec: { archetypes },
}: DomainPack): Archetype | undefined {
  return archetypes.find(
    ({ connections = [], parameters, shape }) =>
      shape === 'function' &&
      connections.length === 0 &&
      ((parameters.required ?? []) as string[]).every(name =>
        Object.hasOwn(proposedAnswers(parameters), name),
      ),
  );
}

/** Renders an app with the answers that its form proposes; returns the `App` and the ConfigMap with its code. */
export async function testApp(
  pack: DomainPack,
  archetype: Archetype,
): Promise<{ app: App; code: Desired }> {
  const title = 'Test of the installation';
  const { answers, files } = renderApp(archetype, pack, {
    tenant: testName,
    name: testName,
    title,
    owner,
    answers: proposedAnswers(archetype.parameters),
  });
  const archive = await archiveFiles(
    new Map(files.map(({ content, path }) => [path, content])),
  );
  const revision = createHash('sha1').update(archive).digest('hex');
  const app: App = {
    apiVersion,
    kind: 'App',
    metadata: { name: testName, namespace: home },
    spec: {
      title,
      description: 'Deleted when helm test ends.',
      owner,
      archetype: {
        pack: pack.metadata.name,
        version: pack.spec.version,
        name: archetype.name,
      },
      answers,
      source: { repository: `${testName}/${testName}`, path: '.', revision },
      environments: [{ name: environment, revision: 'draft' }],
      delivery: { rest: true, csv: true },
    },
  };
  const code = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: bundleName(testName, revision),
      namespace: home,
      labels: { [labels.managedBy]: managedBy, [labels.app]: testName },
      annotations: { [annotations.bundleDigest]: sha256(archive) },
    },
    binaryData: { 'bundle.tar.gz': archive.toString('base64') },
  };
  return { app, code };
}

/** Returns the person's grant for a token. */
export function testGrant(token: string): Grant {
  return {
    apiVersion,
    kind: 'Grant',
    metadata: {
      name: testName,
      namespace: home,
      labels: { [labels.managedBy]: managedBy, [labels.app]: testName },
    },
    spec: {
      app: testName,
      environment,
      client: 'api',
      subject: person.user,
      membership: owner,
      expiresAt: new Date(Date.now() + lifetimeMs).toISOString(),
      tokenHash: sha256(token),
    },
  };
}

function sha256(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
