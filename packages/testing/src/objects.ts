import { createHash } from 'node:crypto';
import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  appKind,
  changeRequestKind,
  domainPackKind,
  planKind,
  releaseKind,
  tenantKind,
  type App,
  type ChangeRequest,
  type DomainPack,
  type Plan,
  type Release,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

const { apiVersion } = planKind;

/** An instant some days from now (RFC 3339). */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}

/** A plan whose first tenants of an owner are approved by rule. */
export function plan(name: string, changes: Partial<Plan['spec']> = {}): Plan {
  return {
    apiVersion,
    kind: planKind.kind,
    metadata: { name },
    spec: {
      title: 'Small',
      description: '',
      order: 10,
      perEnvironment: {
        cpu: '2',
        memory: '4Gi',
        storage: '20Gi',
        apps: 5,
        pods: 20,
        defaultContainer: { cpu: '100m', memory: '128Mi' },
        maxContainer: { cpu: '1', memory: '2Gi' },
      },
      environments: { max: 3, names: ['dev', 'test', 'prod'] },
      gracePeriod: '14d',
      approval: {
        rules: [
          {
            when: "request.action == 'create' && request.tenantsOfOwner < 1",
            verdict: 'approve',
            reason: 'The first tenant of an owner needs no approval.',
          },
        ],
        deciders: ['group:default/platform'],
      },
      ...changes,
    },
  };
}

/** A tenant of the group rates with bea as builder and tom as viewer. */
export function tenant(
  name: string,
  changes: Partial<Tenant['spec']> = {},
): Tenant {
  return {
    apiVersion,
    kind: tenantKind.kind,
    metadata: { name },
    spec: {
      title: 'Rates desk',
      purpose: 'Curves and prices.',
      owners: ['group:default/rates'],
      members: [
        { subject: 'user:default/bea', role: 'builder' },
        { subject: 'user:default/tom', role: 'viewer' },
      ],
      plan: 'small',
      domains: [],
      environments: [
        { name: 'dev', cluster: 'local', protected: false },
        { name: 'prod', cluster: 'local', protected: true },
      ],
      deletionProtection: false,
      ...changes,
    },
  };
}

/** A request of rita. */
export function request(
  name: string,
  target: string,
  changes: Partial<ChangeRequest['spec']> = {},
): ChangeRequest {
  return {
    apiVersion,
    kind: changeRequestKind.kind,
    metadata: { name },
    spec: {
      target: { kind: 'Tenant', name: target },
      action: 'create',
      proposed: { ...tenant(target).spec },
      reason: 'The morning meeting needs it.',
      requestedBy: 'user:default/rita',
      ...changes,
    },
  };
}

/** A pack with one archetype on the runtime `bailiwick/python`. */
export function pack(name: string): DomainPack {
  return {
    apiVersion,
    kind: domainPackKind.kind,
    metadata: { name },
    spec: {
      version: '1.0.0',
      title: 'Market',
      description: 'Prices.',
      owners: ['group:default/platform'],
      vocabulary: [],
      runtimes: [
        {
          name: 'market-py',
          image: 'bailiwick/python',
          limits: {
            cpu: '500m',
            memory: '512Mi',
            seconds: 30,
            rows: 1000,
            concurrency: 4,
          },
        },
      ],
      datasets: [],
      archetypes: [
        {
          name: 'price-feed',
          title: 'Price feed',
          description: 'Prices.',
          shape: 'function',
          runtime: 'market-py',
          minutes: 5,
          parameters: {},
          contract: {},
          files: [],
        },
      ],
    },
  };
}

/** An app that runs its newest commit in dev. */
export function app(
  name: string,
  namespace: string,
  changes: Partial<App['spec']> = {},
): App {
  return {
    apiVersion,
    kind: appKind.kind,
    metadata: { name, namespace },
    spec: {
      title: 'Prices',
      owner: 'group:default/rates',
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: {},
      source: {
        repository: 'rates-desk/prices',
        path: '.',
        revision: '3f9c1e2',
      },
      environments: [{ name: 'dev', revision: 'draft' }],
      delivery: { rest: true, csv: true },
      ...changes,
    },
  };
}

/** A release of an app, with the number in its name, of the code that {@link bundle} packs from the content `code`. */
export function release(
  name: string,
  namespace: string,
  changes: Partial<Release['spec']> = {},
): Release {
  return {
    apiVersion,
    kind: releaseKind.kind,
    metadata: { name, namespace },
    spec: {
      app: 'prices',
      number: Number(/-r([0-9]+)$/.exec(name)?.[1] ?? 1),
      commit: '3f9c1e2',
      bundle: { digest: digestOf('code'), runtime: 'market-py' },
      archetype: { pack: 'market', version: '1.0.0', name: 'price-feed' },
      answers: {},
      contract: { functions: [] },
      createdBy: 'user:default/bea',
      ...changes,
    },
  };
}

/**
 * Returns the code bundle of an app's commit in the home namespace of its tenant.
 *
 * @param digest - digest of the content by default; another one makes its name wrong
 */
export function bundle(
  name: string,
  namespace: string,
  commit: string,
  content: string | Uint8Array,
  digest = digestOf(content),
) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${name}-${commit}`,
      namespace,
      annotations: { [annotations.bundleDigest]: digest },
    },
    binaryData: { 'bundle.tar.gz': Buffer.from(content).toString('base64') },
  };
}

/** Adds the file that declares packages to a code bundle. @param digest - as of {@link bundle} */
export function withPackages(
  code: ReturnType<typeof bundle>,
  content: string,
  digest = digestOf(content),
) {
  const { annotations: before } = code.metadata;
  return {
    ...code,
    metadata: {
      ...code.metadata,
      annotations: { ...before, [annotations.packagesDigest]: digest },
    },
    data: { 'requirements.txt': content },
  };
}

function digestOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** The images of the local registry, by the name in a pack, as `npm start` publishes them. */
export function runtimeImages(
  data: Record<string, string> = {
    'bailiwick.python': 'registry.test/bailiwick/python:1',
  },
): KubeObject & { data: Record<string, string> } {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'runtime-images', namespace: 'bailiwick-system' },
    data,
  };
}
