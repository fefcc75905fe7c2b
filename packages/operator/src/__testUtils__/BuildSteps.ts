import {
  coreKinds,
  type Job,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  bundle,
  pack,
  plan,
  runtimeImages,
  tenant,
  withPackages,
} from '@bailiwick/backstage-testing/objects';
import { buildsNamespace } from '../names';
import { home } from './AppSteps';
import { find, resources, type World } from './World';

/** Actions of a builder on apps that require packages, with their waits. */
export class BuildSteps {
  readonly #world: World;
  readonly #builder: KubeClient;

  constructor(world: World, builder: KubeClient) {
    this.#world = world;
    this.#builder = builder;
  }

  /**
   * Creates a tenant, and a pack that allows packages.
   *
   * @param images - entries of the ConfigMap with the runtime images
   */
  async prepare(images?: Record<string, string>): Promise<void> {
    const { admin } = this.#world;
    await resources.plans(admin).create(plan('small'));
    const market = pack('market');
    market.spec.packages = { allow: ['polars', 'scikit-*'] };
    await resources.packs(admin).create(market);
    await admin
      .resource(coreKinds.configMaps)
      .create(runtimeImages({ ...runtimeImages().data, ...images }));
    await this.#world.giveTenant(tenant('rates-desk'));
  }

  /**
   * Creates an app that requires packages.
   *
   * @param digest - that of the file, which may be a lie
   */
  async requires(
    name: string,
    content: string,
    digest?: string,
  ): Promise<void> {
    const code = bundle(name, home, '3f9c1e2', name);
    await this.#builder
      .resource(coreKinds.configMaps)
      .create(withPackages(code, content, digest));
    await resources.apps(this.#builder).create(app(name, home));
  }

  /**
   * Returns the build of an app once it has a status.
   *
   * @param without - UID of an earlier build
   */
  buildOf(name: string, without?: string): Promise<Build> {
    return eventually(`${name} has a build`, async () => {
      const all = await this.#builds().list({ namespace: home });
      return all.find(
        ({ metadata, spec, status }) =>
          spec.app === name && status && metadata.uid !== without,
      );
    });
  }

  /** Returns the build of an app once it has a phase. */
  inPhase(name: string, phase: string): Promise<Build> {
    return eventually(`The build of ${name} is ${phase}`, async () => {
      const build = await this.buildOf(name);
      return build.status?.phase === phase ? build : undefined;
    });
  }

  /** Returns the Job of a build once it exists. */
  jobOf({ metadata }: Build): Promise<Job> {
    return eventually(`${metadata.name} has a job`, () =>
      find(
        this.#world.admin.resource<Job>(coreKinds.jobs),
        `build-${metadata.uid}`,
        buildsNamespace,
      ),
    );
  }

  /** Cancels a build, by default as the builder. */
  cancel(
    { metadata }: Build,
    who = this.#builder,
    cancelledBy = 'user:default/bea',
  ): Promise<Build> {
    return resources
      .builds(who)
      .patch(metadata.name, { spec: { cancelledBy } }, { namespace: home });
  }

  #builds() {
    return resources.builds(this.#world.admin);
  }
}
