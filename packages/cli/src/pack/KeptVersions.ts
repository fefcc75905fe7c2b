import {
  ignoreNotFound,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  domainPackKind,
  group,
  labels,
  releaseKind,
  type App,
  type DomainPack,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { keptPackName } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Older versions of one pack, which are kept as objects of their own as long as apps or releases pin them. */
export class KeptVersions {
  readonly #client: KubeClient;
  readonly #pack: string;

  constructor(client: KubeClient, pack: string) {
    this.#client = client;
    this.#pack = pack;
  }

  /** Returns all stored versions. */
  async #list(): Promise<DomainPack[]> {
    return this.#packs().list({
      labelSelector: `${labels.versionOf}=${this.#pack}`,
    });
  }

  /** Keeps a version that is replaced if something pins it; returns whether it was kept. */
  async keep({ metadata, spec }: DomainPack): Promise<boolean> {
    const pinned = await this.#pinned();
    if (!pinned.has(spec.version)) return false;
    const notes = Object.entries(metadata.annotations ?? {});
    await this.#packs().apply(
      {
        apiVersion: domainPackKind.apiVersion,
        kind: domainPackKind.kind,
        metadata: {
          name: keptPackName(this.#pack, spec.version),
          labels: { [labels.versionOf]: this.#pack },
          // They go with the pack; the newest version stays the same object.
          ownerReferences: [
            {
              apiVersion: domainPackKind.apiVersion,
              kind: domainPackKind.kind,
              name: this.#pack,
              uid: metadata.uid!,
            },
          ],
          // Not those of the tools by which it came.
          annotations: Object.fromEntries(
            notes.filter(([key]) => key.startsWith(`${group}/`)),
          ),
        },
        spec,
      },
      { fieldManager: 'bailiwick-pack', force: true },
    );
    return true;
  }

  /**
   * Deletes versions that are no longer pinned, and a kept copy of the newest version; returns the deleted versions.
   */
  async clear(newest: string): Promise<string[]> {
    const kept = await this.#list();
    if (kept.length === 0) return [];
    const pinned = await this.#pinned();
    const needless = kept.filter(
      ({ spec }) => spec.version === newest || !pinned.has(spec.version),
    );
    for (const { metadata } of needless)
      await this.#packs().delete(metadata.name).catch(ignoreNotFound);
    return needless.map(({ spec }) => spec.version);
  }

  /** Returns the apps of the pack, of all versions. */
  async apps(): Promise<App[]> {
    const all = await this.#client.resource<App>(appKind).list();
    return all.filter(({ spec }) => spec.archetype.pack === this.#pack);
  }

  async #pinned(): Promise<Set<string>> {
    const apps = await this.apps();
    const releases = await this.#client.resource<Release>(releaseKind).list();
    const references = [...apps, ...releases].map(({ spec }) => spec.archetype);
    return new Set(
      references
        .filter(({ pack }) => pack === this.#pack)
        .map(({ version }) => version),
    );
  }

  #packs() {
    return this.#client.resource<DomainPack>(domainPackKind);
  }
}
