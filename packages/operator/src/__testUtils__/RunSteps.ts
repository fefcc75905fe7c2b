import {
  coreKinds,
  type Job,
  type KubeClient,
  type Pod,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import type { Run } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  plan,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { dev, home } from './AppSteps';
import { packOfShapes } from './shapes';
import { find, resources, type World } from './World';

const { storageClasses } = coreKinds;
const volumes: ResourceType = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  plural: 'persistentvolumes',
  scope: 'Cluster',
};

/** Events of runs; plays the pods of their Jobs. */
export class RunSteps {
  readonly #world: World;
  readonly #admin: KubeClient;

  /** @param cluster - that of the environments, when it is not the world's own */
  constructor(world: World, cluster?: { admin: KubeClient }) {
    this.#world = world;
    this.#admin = (cluster ?? world).admin;
  }

  /** Creates the storage class that stored results require. */
  async giveStorage(): Promise<void> {
    const { apiVersion, kind } = storageClasses;
    await this.#admin.resource(storageClasses).create({
      apiVersion,
      kind,
      metadata: {
        name: 'standard',
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner: 'example.com/none',
    });
  }

  /** Creates volumes for future claims, which nothing else does in tests. */
  async giveVolumes(count: number): Promise<void> {
    for (let number = 1; number <= count; number += 1)
      await this.#admin.resource(volumes).create({
        apiVersion: volumes.apiVersion,
        kind: volumes.kind,
        metadata: { name: `volume-${number}` },
        spec: {
          accessModes: ['ReadWriteOnce'],
          capacity: { storage: '5Gi' },
          storageClassName: 'standard',
          hostPath: { path: `/tmp/volume-${number}` },
        },
      });
  }

  /** Creates the prerequisites of apps of all shapes in the tenant `rates-desk`. */
  async givePrerequisites(): Promise<void> {
    await resources.plans(this.#world.admin).create(plan('small'));
    await resources.packs(this.#world.admin).create(packOfShapes('market'));
    await this.#world.admin
      .resource(coreKinds.configMaps)
      .create(runtimeImages());
    await this.giveStorage();
    await this.#world.giveTenant(tenant('rates-desk'));
  }

  /** Returns the run once it has the phase and the reason. */
  run(name: string, phase: string, why = ''): Promise<Run> {
    const runs = resources.runs(this.#world.admin);
    let last: unknown;
    return eventually(
      `The run ${name} is ${phase} (${why})`,
      async () => {
        const found = await find(runs, name, home);
        last = found && (found.status ?? 'without status');
        return found?.status?.phase === phase &&
          (found.status.why ?? '').includes(why)
          ? found
          : undefined;
      },
      60,
    ).catch(error => {
      throw new Error(`${error.message}; it is ${JSON.stringify(last)}`);
    });
  }

  /** The runs of an app, oldest first. */
  async runsOf(app: string): Promise<Run[]> {
    const all = await resources
      .runs(this.#world.admin)
      .list({ namespace: home });
    return all.filter(({ spec }) => spec.app === app);
  }

  /** Names of the Jobs of a run that there are. */
  async jobs(run: string): Promise<string[]> {
    const all = await this.#admin
      .resource(coreKinds.jobs)
      .list({ namespace: dev });
    return all
      .filter(
        ({ metadata }) => metadata.annotations?.['bailiwick.dev/run'] === run,
      )
      .map(({ metadata }) => metadata.name)
      .sort();
  }

  job(name: string, namespace = dev): Promise<Job> {
    return eventually(`The Job ${name}`, () =>
      find(this.#admin.resource(coreKinds.jobs), name, namespace),
    );
  }

  /** Ends the pod of a Job, once it exists. @param message - its termination message for the operator */
  async end(job: string, exitCode: number, message: object): Promise<void> {
    const pods = this.#admin.resource(coreKinds.pods);
    const pod = await eventually(`A pod of ${job}`, async () => {
      const all = await pods.list({
        namespace: dev,
        labelSelector: `batch.kubernetes.io/job-name=${job}`,
      });
      return all.find(isOpen);
    }).catch(async error => {
      throw new Error(`${error.message}; ${await this.#warnings()}`);
    });
    const finishedAt = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    await pods.patchStatus(
      pod.metadata.name,
      {
        phase: exitCode === 0 ? 'Succeeded' : 'Failed',
        containerStatuses: [
          {
            name: 'run',
            image: 'any',
            imageID: '',
            ready: false,
            restartCount: 0,
            state: {
              terminated: {
                exitCode,
                finishedAt,
                startedAt: finishedAt,
                message: JSON.stringify(message),
              },
            },
          },
        ],
      },
      { namespace: dev },
    );
  }

  /** Returns the warnings of Kubernetes in the environment, which explain missing pods. */
  async #warnings(): Promise<string> {
    const events = await this.#admin
      .resource(coreKinds.events)
      .list({ namespace: dev });
    const warnings = events
      .filter(({ type }) => type === 'Warning')
      .map(({ message, reason }) => `${reason}: ${message}`);
    return `warnings: ${warnings.slice(-10).join('; ') || 'none'}`;
  }

  /** Makes a Job fail for good: its pod, and that of the retry. */
  async fail(job: string, error: string): Promise<void> {
    await this.end(job, 1, { error });
    await this.end(job, 1, { error });
  }
}

function isOpen({ metadata, status }: Pod): boolean {
  return (
    !metadata.deletionTimestamp &&
    status?.phase !== 'Succeeded' &&
    status?.phase !== 'Failed'
  );
}
