import type { Desired, KubeClient } from '@bailiwick/backstage-kube-controller';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { eventually } from './eventually';

const chart = join(import.meta.dirname, '../../../charts/bailiwick');

/** A folder of the chart. */
export type ChartFolder = 'crds' | 'templates' | 'embedded';

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** Reads the objects of a folder of YAML files. */
function objectsIn(folder: ChartFolder): Desired[] {
  return readdirSync(join(chart, folder))
    .filter(file => file.endsWith('.yaml'))
    .sort()
    .flatMap(file =>
      parseAllDocuments(readFileSync(join(chart, folder, file), 'utf8')),
    )
    .map(document => document.toJS() as Desired | null)
    .filter(object => object !== null);
}

/** Applies an object as soon as the API server serves its kind. */
async function apply(client: KubeClient, object: Desired): Promise<void> {
  const { apiVersion, kind } = object;
  const root = apiVersion.includes('/') ? '/apis' : '/api';
  const found = await eventually(`The kind ${kind}`, async () => {
    const { resources } = await client.request<{ resources: ApiResource[] }>({
      path: `${root}/${apiVersion}`,
    });
    return resources.find(
      resource => resource.kind === kind && !resource.name.includes('/'),
    );
  });
  await client
    .resource({
      apiVersion,
      kind,
      plural: found.name,
      scope: found.namespaced ? 'Namespaced' : 'Cluster',
    })
    .apply(object, { fieldManager: 'test-cluster', force: true });
}

/** Fulfilled when the objects of a new kind can be read. */
async function served(client: KubeClient, crd: Desired): Promise<void> {
  const { group, names, versions } = crd.spec as {
    group: string;
    names: { plural: string };
    versions: { name: string }[];
  };
  const path = `/apis/${group}/${versions[0].name}/${names.plural}`;
  await eventually(`The kind at ${path}`, () => client.request({ path }));
}

/** Installs folders of the chart, one after the other; new kinds are served when it returns. */
export async function installChart(
  client: KubeClient,
  ...folders: ChartFolder[]
): Promise<void> {
  for (const folder of folders) {
    const objects = objectsIn(folder);
    for (const object of objects) await apply(client, object);
    if (folder === 'crds') {
      await Promise.all(objects.map(object => served(client, object)));
    }
  }
}
