import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import { inParallel } from '../inParallel';
import type { BenchApp, Population } from '../scenario';
import { archive } from './archive';
import { ArchiveServer } from './ArchiveServer';
import { externalArtifactKind, kustomizationKind } from './kinds';
import type { Children } from './readChildren';

/** The apps as Flux has them: an archive with the children, and a Kustomization that applies it. */
export class FluxApps {
  readonly #client: KubeClient;
  readonly #archives: ArchiveServer;

  private constructor(client: KubeClient, archives: ArchiveServer) {
    this.#client = client;
    this.#archives = archives;
  }

  /** Packs the children of all apps and makes a source of each archive, ready to be applied. */
  static async publish(
    client: KubeClient,
    { apps }: Population,
    children: Children,
  ): Promise<FluxApps> {
    const published = new FluxApps(client, await ArchiveServer.start());
    await inParallel(apps, app => published.#addSource(app, children));
    return published;
  }

  /** Makes the Kustomization of an app, which is looked at again after an hour. */
  async create({ name, home: namespace }: BenchApp): Promise<void> {
    const { apiVersion, kind } = kustomizationKind;
    await this.#client.resource(kustomizationKind).create({
      apiVersion,
      kind,
      metadata: { name, namespace },
      spec: {
        interval: '1h',
        path: './',
        prune: true,
        sourceRef: { kind: externalArtifactKind.kind, name },
      },
    });
  }

  /** Takes all Kustomizations away, while Flux does not run; their objects and sources stay. */
  async remove(): Promise<void> {
    const resource = this.#client.resource(kustomizationKind);
    const left = await resource.list();
    await inParallel(left, async ({ metadata: { name, namespace } }) => {
      const patch = { metadata: { finalizers: null } };
      await resource.patch(name, patch, { namespace });
      await resource.delete(name, { namespace });
    });
  }

  /** Serves no archives any more. */
  stop(): void {
    this.#archives.stop();
  }

  async #addSource(app: BenchApp, children: Children): Promise<void> {
    const { name, home: namespace } = app;
    const { apiVersion, kind } = externalArtifactKind;
    const resource = this.#client.resource(externalArtifactKind);
    const artifact = this.#archives.add(
      `/${namespace}/${name}.tar.gz`,
      archive({
        'kustomization.yaml': JSON.stringify({ resources: ['children.yaml'] }),
        'children.yaml': children(app)
          .map(child => JSON.stringify(child))
          .join('\n---\n'),
      }),
    );
    await resource.create({
      apiVersion,
      kind,
      metadata: { name, namespace },
      spec: {},
    });
    await resource.patchStatus(name, { artifact }, { namespace });
  }
}
