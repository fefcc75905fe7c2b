import {
  coreKinds,
  type Deployment,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import type { AppEnvironmentStatus } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { bundle } from '@bailiwick/backstage-testing/objects';
import { createHash } from 'node:crypto';
import { resources, type World } from './World';

/** Home of the tests' tenant. */
export const home = 'rates-desk--home';
/** Namespace of its environment `dev`. */
export const dev = 'rates-desk--dev';

/** Actions of a builder on apps of the test tenant, with their waits. */
export class AppSteps {
  readonly #world: World;
  readonly #builder: KubeClient;

  constructor(world: World, builder: KubeClient) {
    this.#world = world;
    this.#builder = builder;
  }

  /** The first environment of an app once it is as wanted. */
  environment(
    name: string,
    wanted: { health: string; why?: string },
  ): Promise<AppEnvironmentStatus> {
    const apps = resources.apps(this.#world.admin);
    return eventually(
      `${name} is ${wanted.health} (${wanted.why})`,
      async () => {
        const { status } = await apps.get(name, { namespace: home });
        const [found] = status?.environments ?? [];
        const matches =
          found?.health === wanted.health &&
          found.why.includes(wanted.why ?? '');
        // The message of a timeout contains it.
        if (!matches) throw new Error(`it is ${JSON.stringify(found)}`);
        return found;
      },
    );
  }

  /** Packs the code of a commit; its name may be a lie. */
  async writeBundle(
    name: string,
    commit: string,
    content: string,
    digest?: string,
  ): Promise<void> {
    await this.#builder
      .resource(coreKinds.configMaps)
      .apply(bundle(name, home, commit, content, digest), {
        fieldManager: 'test',
      });
  }
}

/** Digest of a text as objects carry it. */
export function sha256(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Returns the pods of a Deployment. */
export function podTemplate(deployment: Deployment): { spec: any } {
  return deployment.spec?.template as { spec: any };
}
