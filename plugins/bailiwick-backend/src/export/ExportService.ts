import {
  coreKinds,
  isForbidden,
  type KubeObject,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  grantKind,
  homeNamespace,
  labels,
  managedBy,
  releaseKind,
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  concernsTenant,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'yaml';
import { requireExport, type AppReader } from '../authorization';
import type { GitHost } from '../git/GitHost';
import {
  recordedManifest,
  recordedGrantManifest,
  restorableManifest,
} from './manifests';
import { readme } from './readme';
import type { ArchivedFile } from './sendArchive';

/** Objects that are in memory at a time. */
const pageSize = 20;

/** Objects that the cluster itself creates in every namespace. */
const ofTheCluster = new Set(['kube-root-ca.crt']);

/** A file of objects of one kind. */
interface Part {
  path: string;
  type: ResourceType<KubeObject>;
  labelSelector?: string;
  write: (object: KubeObject) => object;
}

const parts: Part[] = [
  { path: 'restore/apps.yaml', type: appKind, write: restorableManifest },
  {
    path: 'restore/releases.yaml',
    type: releaseKind,
    write: restorableManifest,
  },
  {
    path: 'restore/configmaps.yaml',
    type: coreKinds.configMaps,
    // Code that runs is in the repositories.
    labelSelector: `${labels.managedBy}!=${managedBy}`,
    write: restorableManifest,
  },
  { path: 'record/grants.yaml', type: grantKind, write: recordedGrantManifest },
];

/** Subject of an export. */
export interface Export {
  person: Person;
  tenant: Tenant;
  /** Empty folder in which files wait for their turn. */
  folder: string;
  signal: AbortSignal;
}

/** Collects the objects and repositories of a tenant, as the signed-in person. */
export class ExportService {
  readonly #apps: AppReader;
  readonly #kubernetes: KubernetesService;
  readonly #host: GitHost;

  constructor(options: {
    apps: AppReader;
    kubernetes: KubernetesService;
    host: GitHost;
  }) {
    this.#apps = options.apps;
    this.#kubernetes = options.kubernetes;
    this.#host = options.host;
  }

  /**
   * Returns the tenant, read as the person.
   *
   * @throws NotFoundError also when the person must not see it
   * @throws NotAllowedError when they cannot request its removal either, and therefore need no complete archive
   */
  async open(person: Person, name: string): Promise<Tenant> {
    this.#apps.tenant(person, name);
    const client = this.#kubernetes.as(person);
    await requireExport(client, name);
    return client.resource<Tenant>(tenantKind).get(name);
  }

  /** The files of the archive, one after the other. */
  async *files(wanted: Export): AsyncGenerator<ArchivedFile> {
    const { folder, person, tenant } = wanted;
    const { name } = tenant.metadata;
    const file = join(folder, 'next');
    const paths: string[] = [];
    const missing: string[] = [];
    const apps = new Set<string>();
    const add = (path: string): ArchivedFile => {
      paths.push(path);
      return { file, path: `${name}/${path}` };
    };

    await write(file, [yaml(restorableManifest(tenant))]);
    yield add('restore/tenant.yaml');
    for (const part of parts) {
      try {
        if (await write(file, this.#objects(wanted, part, apps)))
          yield add(part.path);
      } catch (error) {
        if (!isForbidden(error)) throw error;
        missing.push(
          `${part.type.plural}: ${
            person.user
          } has no permission to read them in ${homeNamespace(name)}.`,
        );
      }
    }
    if (await write(file, this.#requests(wanted)))
      yield add('record/requests.yaml');

    const repositories = await this.#host.list(tenant);
    for (const repository of repositories) {
      await this.#host.saveHistory(repository, file, wanted.signal);
      yield add(`repositories/${repository.name}.bundle`);
    }
    for (const app of apps)
      if (!repositories.some(repository => repository.name === app))
        missing.push(
          `Code of ${app}: this portal hosts no repository of the app.`,
        );

    const at = new Date().toISOString();
    const words = { tenant: name, by: person.user, at, paths, missing };
    await write(file, [readme(words)]);
    yield { file, path: `${name}/README.txt` };
  }

  /** The objects of a kind in the home namespace, as YAML; notes the names of apps. */
  async *#objects(
    { person, signal, tenant }: Export,
    { labelSelector, type, write: shape }: Part,
    apps: Set<string>,
  ): AsyncGenerator<string> {
    const namespace = homeNamespace(tenant.metadata.name);
    const pages = this.#kubernetes
      .as(person)
      .resource(type)
      .pages({ namespace, labelSelector, limit: pageSize, signal });
    for await (const { items } of pages) {
      for (const item of items) {
        if (ofTheCluster.has(item.metadata.name)) continue;
        if (type.kind === appKind.kind) apps.add(item.metadata.name);
        yield yaml(shape(item));
      }
    }
  }

  /**
   * Yields the requests about the tenant and its apps, which all of its members can read. No one can get requests by
   * name from the API server, so they come from the watched list.
   */
  *#requests({ tenant }: Export): Generator<string> {
    for (const request of this.#kubernetes.lists.requests.list())
      if (concernsTenant(request, tenant))
        yield yaml(recordedManifest(request));
  }
}

function yaml(object: object): string {
  return `---\n${stringify(object)}`;
}

/** Writes a file and returns whether it has any content. */
async function write(
  file: string,
  text: Iterable<string> | AsyncIterable<string>,
): Promise<boolean> {
  await pipeline(text, createWriteStream(file));
  return (await stat(file)).size > 0;
}
