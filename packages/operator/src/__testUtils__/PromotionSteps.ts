import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import type {
  App,
  ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  bundle,
  release,
  request,
} from '@bailiwick/backstage-testing/objects';
import { resources, type World } from './World';

/** Actions of people on releases, in the home namespace of one tenant. */
export class PromotionSteps {
  readonly #world: World;
  readonly #builder: KubeClient;
  readonly #home: string;

  constructor(world: World, builder: KubeClient, home: string) {
    this.#world = world;
    this.#builder = builder;
    this.#home = home;
  }

  /** Deploys an app of the builder to some environments, with the code of its releases. */
  async make(name: string, environments: App['spec']['environments']) {
    await this.#builder
      .resource(coreKinds.configMaps)
      .create(bundle(name, this.#home, '3f9c1e2', 'code'));
    return resources
      .apps(this.#builder)
      .create(app(name, this.#home, { environments }));
  }

  async publish(name: string, of: string) {
    return resources
      .releases(this.#builder)
      .create(release(name, this.#home, { app: of }));
  }

  async ask(
    name: string,
    proposed: Record<string, unknown>,
    of = 'prices',
    requestedBy = 'user:default/bea',
  ) {
    const target = { kind: 'App' as const, name: of, namespace: this.#home };
    return resources
      .requests(this.#world.as(requestedBy))
      .create(
        request(name, of, { action: 'promote', target, proposed, requestedBy }),
      );
  }

  async decide(
    name: string,
    person: KubeClient,
    by: string,
    verdict: 'approve' | 'deny' = 'approve',
  ) {
    return resources.requests(person).patchStatus(name, {
      verdict: { verdict, by, reason: 'Tested.', at: '2027-01-01T00:00:00Z' },
    });
  }

  /** The request once it is in a phase. */
  async settled(name: string, phase: string): Promise<ChangeRequest> {
    return eventually(`${name} is ${phase}`, async () => {
      const found = await resources.requests(this.#world.admin).get(name);
      return found.status?.phase === phase ? found : undefined;
    });
  }

  async uidOf(name: string) {
    const releases = resources.releases(this.#world.admin);
    const { metadata } = await releases.get(name, { namespace: this.#home });
    return metadata.uid;
  }

  async environmentsOf(name: string) {
    const apps = resources.apps(this.#world.admin);
    const { spec } = await apps.get(name, { namespace: this.#home });
    return spec.environments;
  }
}
