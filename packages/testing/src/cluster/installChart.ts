import {
  applyDefinitions,
  applyManifests,
  readManifests,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  changeRequestKind,
  labels,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from './eventually';

/** Folder of the chart. */
export const chart = join(import.meta.dirname, '../../../../charts/bailiwick');

/** Milliseconds after which the API server has reloaded policies, with a margin. */
const policyRefresh = 1200;

/** A folder of the chart. */
export type ChartFolder = 'crds' | 'templates' | 'embedded';

/**
 * Installs folders of the chart, one after the other; new kinds are served and new policies asked when it
 * returns.
 */
export async function installChart(
  client: KubeClient,
  ...folders: ChartFolder[]
): Promise<void> {
  for (const folder of folders) {
    const install = folder === 'crds' ? applyDefinitions : applyManifests;
    await install(client, readManifests(join(chart, folder)), {
      fieldManager: 'test-cluster',
    });
    if (folder === 'templates') {
      await untilPoliciesHold(client);
      await pause(policyRefresh);
    }
  }
}

/** Installs only the prerequisites of another cluster with environments. */
export async function installOnTarget(client: KubeClient): Promise<void> {
  const manifests = readManifests(join(chart, 'templates'));
  await applyManifests(client, manifests.filter(isForTargets), {
    fieldManager: 'test-cluster',
  });
}

function isForTargets({ metadata }: KubeObject): boolean {
  return metadata.labels?.[labels.forTargets] === 'true';
}

/** Waits until the API server enforces the policies: until it refuses a request in the name of another person. */
export async function untilPoliciesHold(client: KubeClient): Promise<void> {
  const requests = client.resource<ChangeRequest>(changeRequestKind);
  await eventually('The policies hold', () =>
    requests
      .create(
        {
          apiVersion: changeRequestKind.apiVersion,
          kind: changeRequestKind.kind,
          metadata: { name: 'probe' },
          spec: {
            target: { kind: 'Tenant', name: 'probe' },
            action: 'renew',
            proposed: {},
            reason: 'Is it refused?',
            requestedBy: 'user:default/someone-else',
          },
        },
        { dryRun: true },
      )
      .then(
        () => false,
        ({ message }: Error) => message.includes('in your own name'),
      ),
  );
}
