import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  coreKinds,
  isAlreadyExists,
  ignoreNotFound,
  type ConfigMap,
} from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  apiVersion,
  bundleName,
  environmentNamespace,
  labels,
  releaseKind,
  type App,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  findArchetype,
  formatCommit,
  isSameCommit,
  withFullStop,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';

type ReleaseFormat = Release['spec']['format'];

/** Attempts to take a release number against concurrent publishers. */
const attempts = 5;

/** Publishes and finds releases of apps, as the signed-in person. */
export class ReleaseService {
  readonly #kubernetes: KubernetesService;

  constructor(options: { kubernetes: KubernetesService }) {
    this.#kubernetes = options.kubernetes;
  }

  /**
   * Creates a release of the draft that responds in an environment: with its commit, code, contract and runtime.
   *
   * @param format - `image` to run it from an image; a code bundle by default
   * @throws InputError when the app does not exist, or runs a release there
   * @throws ConflictError when the newest commit does not respond yet, or is released already
   */
  async publish(
    person: Person,
    app: AppView,
    environment: string,
    format?: ReleaseFormat,
  ): Promise<Release> {
    const { metadata, spec, tenant } = app;
    const { name, namespace } = metadata;
    const place = spec.environments.find(one => one.name === environment);
    const drafts = spec.environments
      .filter(({ release }) => !release)
      .map(one => one.name);
    if (!place || place.release)
      throw new InputError(
        `environment: "${environment}" has no draft of "${name}"; ${
          drafts.length > 0
            ? `environments with a draft: ${drafts.join(', ')}`
            : 'no environment has one'
        }`,
      );
    const state = app.status?.environments?.find(
      one => one.name === environment,
    );
    const { revision } = spec.source;
    const { contract, digest } = state ?? {};
    if (!contract || !digest || !isSameCommit(state?.revision, revision))
      throw new ConflictError(
        [
          `The newest commit ${formatCommit(
            revision,
          )} is not running in ${environment} yet.`,
          ...(state ? [withFullStop(state.why)] : []),
          'Publish it when it runs.',
        ].join(' '),
      );
    if (state?.pods.desired === 0)
      throw new ConflictError(
        `"${name}" has no pods in ${environment}; restart it there, and publish it then`,
      );
    const {
      [annotations.packagesDigest]: packages,
      [annotations.dockerfile]: dockerfile,
    } = await this.#bundleAnnotations(person, {
      name,
      namespace,
      commit: revision,
    });
    const releases = this.#kubernetes.as(person).resource<Release>(releaseKind);
    for (let attempt = 1; ; attempt += 1) {
      const all = await releases.list({ namespace });
      const others = all.filter(one => one.spec.app === name);
      refuseSame(others, spec, { commit: revision, digest, format });
      const number = nextNumber(others);
      const runtime = this.#imageOf(tenant, name, environment, digest);
      try {
        return await releases.create({
          apiVersion,
          kind: releaseKind.kind,
          metadata: { name: `${name}-r${number}`, namespace },
          spec: {
            app: name,
            number,
            commit: revision,
            bundle: {
              digest,
              runtime: runtime ?? this.#runtimeOf(app),
              ...(packages && { packages }),
            },
            ...(format && { format }),
            ...(format && dockerfile && { dockerfile: true }),
            archetype: spec.archetype,
            answers: spec.answers,
            contract,
            createdBy: person.user,
          },
        });
      } catch (error) {
        // Somebody else publishes at the same moment.
        if (!isAlreadyExists(error) || attempt === attempts) throw error;
      }
    }
  }

  /** @throws NotFoundError when the app has no such release */
  async get(
    person: Person,
    { metadata: { name, namespace } }: App,
    release: string,
  ): Promise<Release> {
    const found = await this.#kubernetes
      .as(person)
      .resource<Release>(releaseKind)
      .get(release, { namespace })
      .catch(ignoreNotFound);
    if (found?.spec.app !== name)
      throw new NotFoundError(`App "${name}" has no release "${release}"`);
    return found;
  }

  /** Digest of the code that is kept for the commit of a release, `undefined` when none is. */
  async keptDigest(
    person: Person,
    { metadata: { name, namespace } }: App,
    { spec }: Release,
  ): Promise<string | undefined> {
    const found = await this.#bundleAnnotations(person, {
      name,
      namespace,
      commit: spec.commit,
    });
    return found[annotations.bundleDigest];
  }

  /** Returns the annotations of the code that is kept for a commit. */
  async #bundleAnnotations(
    person: Person,
    {
      commit,
      name,
      namespace,
    }: { name: string; namespace?: string; commit: string },
  ): Promise<Record<string, string | undefined>> {
    const found = await this.#kubernetes
      .as(person)
      .resource<ConfigMap>(coreKinds.configMaps)
      .get(bundleName(name, commit), { namespace })
      .catch(ignoreNotFound);
    return found?.metadata.annotations ?? {};
  }

  /** The image on which the code runs now. */
  #imageOf(
    tenant: string,
    app: string,
    environment: string,
    digest: string,
  ): string | undefined {
    const namespace = environmentNamespace(tenant, environment);
    const pod = this.#kubernetes.lists.pods
      .list()
      .find(
        ({ metadata }) =>
          metadata.namespace === namespace &&
          metadata.labels?.[labels.app] === app &&
          metadata.annotations?.[annotations.bundleDigest] === digest,
      );
    const image = pod?.spec?.containers[0]?.image;
    // The pod of a release may still run from an image of its own.
    return image?.includes(`/${tenant}/${app}@`) ? undefined : image;
  }

  /** The runtime by its name, which leaves the version to the pack. */
  #runtimeOf({ spec: { archetype } }: App): string {
    const { packs } = this.#kubernetes.lists;
    const { archetype: found } = findArchetype(packs, archetype);
    if (found) return found.runtime;
    throw new ConflictError(
      `Domain pack "${archetype.pack}" no longer has an archetype "${archetype.name}"; contact the platform team`,
    );
  }
}

/** The lowest free number, so that a release with a high number does not use up the rest. */
function nextNumber(releases: Release[]): number {
  const taken = new Set(releases.map(({ spec }) => spec.number));
  let number = 1;
  while (taken.has(number)) number += 1;
  return number;
}

function refuseSame(
  releases: Release[],
  { answers, archetype }: App['spec'],
  {
    commit,
    digest,
    format,
  }: { commit: string; digest: string; format?: ReleaseFormat },
): void {
  const contentOf = (one: Pick<App['spec'], 'answers' | 'archetype'>) =>
    JSON.stringify([one.archetype, one.answers]);
  const same = releases.find(
    ({ spec }) =>
      spec.commit === commit &&
      spec.bundle.digest === digest &&
      spec.format === format &&
      contentOf(spec) === contentOf({ answers, archetype }),
  );
  if (same)
    throw new ConflictError(
      `Commit ${formatCommit(commit)} is already published as release ${
        same.metadata.name
      }; promote this release, or push a new commit`,
    );
}
