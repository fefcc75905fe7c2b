import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { app, bundle } from '@bailiwick/backstage-testing/objects';
import { randomBytes } from 'node:crypto';
import { inParallel } from '../inParallel';
import type { BenchApp, Population } from './Population';
import { builderOf } from './builderOf';

const revision = '3f9c1e2';
/** Bytes of a small app's packed code. */
const codeBytes = 1500;
const twoPods = { min: 2, max: 2 };

/** Actions of people on apps, through the API. */
export class People {
  readonly #client: KubeClient;

  constructor(client: KubeClient) {
    this.#client = client;
  }

  /** Packs the code of all apps. */
  async pushCode({ apps }: Population): Promise<void> {
    const configMaps = this.#client.resource(coreKinds.configMaps);
    await inParallel(apps, ({ name, home }) =>
      configMaps.create(bundle(name, home, revision, randomBytes(codeBytes))),
    );
  }

  /** Creates an app. */
  async create({ name, home, ...place }: BenchApp): Promise<void> {
    const replicas = place.hasTwoPods ? twoPods : undefined;
    await this.#client.resource<App>(appKind).create(
      app(name, home, {
        source: { repository: `${place.tenant}/${name}`, path: '.', revision },
        environments: [
          { name: place.environment, revision: 'draft', replicas },
        ],
      }),
    );
  }

  /**
   * Changes the number of pods of an app, as the builder of its tenant: the API server queues people's writes
   * (charts/bailiwick, flow.yaml), but not those of administrators.
   */
  async scale(
    { name, home: namespace, environment, tenant }: BenchApp,
    pods: number,
  ): Promise<void> {
    const builder = this.#client.as({ user: builderOf(tenant) });
    await builder.resource<App>(appKind).patch(
      name,
      {
        spec: {
          environments: [
            {
              name: environment,
              revision: 'draft',
              replicas: { min: pods, max: pods },
            },
          ],
        },
      },
      { namespace },
    );
  }
}
