import { repositoryRoot } from '@bailiwick/backstage-cli';
import type { Desired } from '@bailiwick/backstage-kube-controller';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';

const run = promisify(execFile);

/** Folder of the chart. */
export const chart = join(repositoryRoot, 'charts/bailiwick');

/** Values of every installation with a portal. */
export const own = {
  image: { registry: 'registry.example.com' },
  gateway: { publicUrl: 'https://feeds.example.com' },
  portal: {
    baseUrl: 'https://portal.example.com',
    oidc: {
      metadataUrl: 'https://login.example.com/openid-configuration',
      clientId: 'bailiwick',
      secret: 'oidc',
    },
    env: [
      {
        name: 'GIT_HOST_PASSWORD',
        valueFrom: { secretKeyRef: { name: 'git-host', key: 'password' } },
      },
    ],
    people: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { name: 'ada' },
        spec: { memberOf: [] },
      },
    ],
  },
};

/** An object of the chart. */
export type Rendered = Desired & Record<string, any>;

/**
 * Renders the chart with a profile and the values of an installation.
 *
 * @throws with Helm's message if it rejects the values.
 */
export async function renderChart(
  helm: string,
  profile: string,
  values = {},
): Promise<Rendered[]> {
  const rendering = run(
    helm,
    [
      ...['template', 'bailiwick', chart, '--namespace', 'bailiwick'],
      ...['--values', join(chart, `values-${profile}.yaml`)],
      ...['--values', '-'],
    ],
    { maxBuffer: 2 ** 26 },
  );
  rendering.child.stdin!.end(JSON.stringify({ ...own, ...values }));
  const { stdout } = await rendering;
  return parseAllDocuments(stdout)
    .map(document => document.toJS())
    .filter(object => object !== null);
}
