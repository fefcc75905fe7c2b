import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { pack, plan, tenant } from '@bailiwick/backstage-testing/objects';
import { join } from 'node:path';
import type { ScalingTimes } from '../../placement';
import { resources, World } from '../World';

const runtimeSpec = join(
  import.meta.dirname,
  '../../../../function-runtime/image.json',
);
const builderSpec = join(
  import.meta.dirname,
  '../../../../function-runtime/builder/image.json',
);
const absentImage = 'localhost/bailiwick/absent:1';
const imagesName = 'runtime-images';
const system = 'bailiwick-system';

/** Tenants with different plans. */
export type TenantName = 'rates-desk' | 'tight-desk' | 'vast-desk';
/** Packs that differ in image and limits of their runtime. */
export type PackName = 'market' | 'absent' | 'tiny' | 'vast';

interface RuntimeChanges {
  image?: string;
  cpu?: string;
  memory?: string;
}

/** A cluster with running pods, the operator and the prerequisites of apps. */
export class Stage {
  readonly world: World;
  readonly kubernetes: string;
  /** Runtime image of the packs. */
  readonly image: string;

  private constructor(world: World, kubernetes: string, image: string) {
    this.world = world;
    this.kubernetes = kubernetes;
    this.image = image;
  }

  /** @throws ClusterError when the machine cannot run pods */
  static async open(scalingTimes?: ScalingTimes): Promise<Stage> {
    const world = await World.start({ node: true, scalingTimes });
    try {
      const { gitVersion } = await world.admin.request<{ gitVersion: string }>({
        path: '/version',
      });
      const image = await world.cluster.loadImage(runtimeSpec);
      const stage = new Stage(world, gitVersion, image);
      await stage.#furnish();
      return stage;
    } catch (error) {
      await world.stop();
      throw error;
    }
  }

  get admin(): KubeClient {
    return this.world.admin;
  }

  get releases() {
    return resources.releases(this.admin);
  }

  /** Loads an existing image for the runtime of the pack `absent`. */
  async loadAbsentImage(): Promise<void> {
    await this.admin
      .resource(coreKinds.configMaps)
      .patch(
        imagesName,
        { data: { 'bailiwick.absent': this.image } },
        { namespace: system },
      );
  }

  /** Lets apps of the pack `market` install all packages of an index. */
  async offerPackages(index: string): Promise<void> {
    const { admin } = this;
    await admin.resource(coreKinds.secrets).create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'index', namespace: 'bailiwick-builds' },
      stringData: { 'uv.toml': `index-url = "${index}"\n` },
    });
    await resources
      .packs(admin)
      .patch('market', { spec: { packages: { allow: ['*'] } } });
  }

  /** Lets packages be installed, and apps be published as images, also with a Dockerfile. */
  async offerRegistry(registry: string): Promise<void> {
    const { cluster } = this.world;
    await cluster.pushImage(this.image);
    const data = {
      packages: `${registry}/packages`,
      'packages.builder': await cluster.loadImage(builderSpec),
      'packages.insecure': 'true',
      'packages.runtimes': registry,
    };
    await this.admin
      .resource(coreKinds.configMaps)
      .patch(imagesName, { data }, { namespace: system });
  }

  /** Reduces the requests of the pods of `vast-desk` to those of others. */
  async makeRoom(): Promise<void> {
    const { defaultContainer } = plan('vast').spec.perEnvironment;
    await resources
      .plans(this.admin)
      .patch('vast', { spec: { perEnvironment: { defaultContainer } } });
  }

  close(): Promise<void> {
    return this.world.stop();
  }

  async #furnish(): Promise<void> {
    const { admin, world } = this;
    const { perEnvironment } = plan('roomy').spec;
    const cpu = '64';
    const plans = {
      roomy: { ...perEnvironment, cpu: '4', memory: '8Gi', apps: 40, pods: 60 },
      tight: { ...perEnvironment, cpu: '150m' },
      vast: {
        ...perEnvironment,
        cpu: '200',
        defaultContainer: { ...perEnvironment.defaultContainer, cpu },
        maxContainer: { ...perEnvironment.maxContainer, cpu },
      },
    };
    for (const [name, wanted] of Object.entries(plans))
      await resources
        .plans(admin)
        .create(plan(name, { perEnvironment: wanted }));
    await this.#makePacks(cpu);
    await admin.resource(coreKinds.configMaps).create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: imagesName, namespace: system },
      data: {
        'bailiwick.python': this.image,
        'bailiwick.absent': absentImage,
      },
    });
    const tenants = {
      'rates-desk': 'roomy',
      'tight-desk': 'tight',
      'vast-desk': 'vast',
    };
    for (const [name, chosen] of Object.entries(tenants))
      await world.giveTenant(
        tenant(name, {
          plan: chosen,
          environments: [{ name: 'dev', cluster: 'local', protected: false }],
        }),
      );
  }

  async #makePacks(cpu: string): Promise<void> {
    const changes: Record<PackName, RuntimeChanges> = {
      market: {},
      absent: { image: 'bailiwick/absent' },
      tiny: { memory: '300Mi' },
      vast: { cpu },
    };
    for (const [name, { image, ...limits }] of Object.entries(changes)) {
      const made = pack(name);
      const [runtime] = made.spec.runtimes;
      made.spec.runtimes = [
        {
          ...runtime,
          ...(image && { image }),
          limits: { ...runtime.limits, ...limits },
        },
      ];
      await resources.packs(this.admin).create(made);
    }
  }
}
