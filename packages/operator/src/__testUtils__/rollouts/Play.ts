import { coreKinds, type Pod } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  buildKind,
  bundleName,
  environmentNamespace,
  grantKind,
  homeNamespace,
  labels,
  type App,
  type AppCanaryStatus,
  type AppEnvironment,
  type AppEnvironmentStatus,
  type Build,
  type Grant,
  type Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  bundle,
  release,
  withPackages,
} from '@bailiwick/backstage-testing/objects';
import { setTimeout as pause } from 'node:timers/promises';
import type { AppInstance } from '../../cache';
import { fieldManager } from '../../names';
import { resources } from '../World';
import { code, packed, tests } from './code';
import { freezePod } from './freezePod';
import { Recording } from './Recording';
import type { PackName, Stage, TenantName } from './Stage';

const environment = 'dev';

/** Name of a code bundle. */
export type CodeName = keyof typeof code;

/** Files of a commit besides its code. */
interface OtherFiles {
  dockerfile?: string;
  requirements?: string;
}

/** One app on the stage, with a recording of its events. */
export class Play {
  readonly stage: Stage;
  readonly #place: AppInstance;
  readonly #pack: PackName;
  readonly #recording: Recording;
  #commits = 0;
  #revision = '';

  constructor(
    stage: Stage,
    name: string,
    what: string,
    {
      tenant = 'rates-desk',
      pack = 'market',
    }: { tenant?: TenantName; pack?: PackName } = {},
  ) {
    const namespace = environmentNamespace(tenant, environment);
    this.stage = stage;
    this.#place = { app: name, environment, namespace, tenant };
    this.#pack = pack;
    this.#recording = new Recording(stage.admin, {
      recording: name,
      what,
      kubernetes: stage.kubernetes,
      place: this.#place,
    });
  }

  /** Creates the app. */
  async begin(name: CodeName): Promise<void> {
    const revision = await this.#bundle(name);
    this.#revision = revision;
    this.#recording.note(`The app is made: ${name}`);
    await this.#apps.create(
      app(this.#place.app, this.#home, {
        source: { repository: 'rates-desk/prices', path: '.', revision },
        archetype: { pack: this.#pack, version: '1.0.0', name: 'price-feed' },
      }),
    );
  }

  /** Changes its code, the packages that it requires, and its Dockerfile. @returns its commit */
  async push(name: CodeName, others: OtherFiles = {}): Promise<string> {
    const revision = await this.#bundle(name, others);
    this.#recording.note(`Other code: ${name}`);
    await this.goTo(revision);
    return revision;
  }

  /** Returns it to the code of an earlier commit. */
  async goTo(revision: string): Promise<void> {
    this.#revision = revision;
    await this.#change({ source: { revision } });
  }

  /** Its first commit. */
  get firstCommit(): string {
    return this.#commit(1);
  }

  /** Publishes its newest commit as a code bundle, or as an image. @returns the name of the release */
  async publish(
    number: number,
    format: Pick<Release['spec'], 'dockerfile' | 'format'> = {},
  ): Promise<string> {
    const { app: name } = this.#place;
    const { metadata } = await this.stage.admin
      .resource(coreKinds.configMaps)
      .get(bundleName(name, this.#revision), { namespace: this.#home });
    const packages = metadata.annotations?.[annotations.packagesDigest];
    const published = release(`${name}-r${number}`, this.#home, {
      app: name,
      commit: this.#revision,
      ...format,
      bundle: {
        digest: metadata.annotations?.[annotations.bundleDigest] ?? '',
        runtime: this.stage.image,
        ...(packages && { packages }),
      },
    });
    await this.stage.releases.create(published);
    return published.metadata.name;
  }

  /** Deploys a release. @param settings - other fields of the environment */
  deploy(name: string, settings: Partial<AppEnvironment> = {}): Promise<void> {
    this.#recording.note(`Release ${name}`);
    return this.#change({
      environments: [{ name: environment, release: name, ...settings }],
    });
  }

  /** Records calls of its canary, as a gateway does. */
  async recordCalls(
    canary: NonNullable<NonNullable<Grant['status']>['canary']>,
  ): Promise<void> {
    const grants = this.stage.admin.resource<Grant>(grantKind);
    const name = `${this.#place.app}-reader`;
    await grants.create({
      apiVersion: 'bailiwick.dev/v1alpha1',
      kind: 'Grant',
      metadata: { name, namespace: this.#home },
      spec: {
        app: this.#place.app,
        environment,
        subject: 'user:default/bea',
        client: 'api',
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
        tokenHash: `sha256:${'0'.repeat(64)}`,
      },
    });
    await grants.patchStatus(name, { canary }, { namespace: this.#home });
  }

  /** Changes the status of its canary, as if the operator had written it. */
  async age(canary: Partial<AppCanaryStatus>): Promise<void> {
    const { apiVersion, kind, metadata, status } = await this.#apps.get(
      this.#place.app,
      { namespace: this.#home },
    );
    const { name, namespace } = metadata;
    const environments = status?.environments?.map(one => ({
      ...one,
      canary: { ...one.canary, ...canary },
    }));
    await this.#apps.applyStatus(
      {
        ...{ apiVersion, kind },
        metadata: { name, namespace },
        status: { ...status, environments },
      },
      { fieldManager, force: true },
    );
  }

  /** Waits for the build of an image. @returns its result */
  async built(of: string): Promise<NonNullable<Build['status']>> {
    return eventually(
      `The image of ${of} is built, or not`,
      async () => {
        const found = await this.#buildOf(of);
        return found?.status?.finishedAt ? found.status : undefined;
      },
      120,
    );
  }

  /** Cancels the build of an image when its log contains something. */
  async cancelBuild(of: string, text: RegExp): Promise<void> {
    const { metadata } = await eventually(
      `The log of the image of ${of} contains ${text}`,
      async () => {
        const found = await this.#buildOf(of);
        return text.test(found?.status?.log ?? '') ? found : undefined;
      },
      120,
    );
    const cancelledBy = 'user:default/bea';
    await this.stage.world
      .as(cancelledBy)
      .resource<Build>(buildKind)
      .patch(
        metadata.name,
        { spec: { cancelledBy } },
        { namespace: this.#home },
      );
  }

  /** Builds its packages again. */
  async repeatBuilds(): Promise<void> {
    const builds = resources.builds(this.stage.admin);
    for (const { metadata, spec } of await builds.list({
      namespace: this.#home,
    }))
      if (spec.app === this.#place.app)
        await builds.delete(metadata.name, { namespace: this.#home });
  }

  scale(count: number, max = count): Promise<void> {
    this.#recording.note(`${count} pods`);
    const replicas = { min: count, max };
    return this.#change({
      environments: [{ name: environment, revision: 'draft', replicas }],
    });
  }

  suspend(): Promise<void> {
    return this.#change({
      environments: [{ name: environment, revision: 'draft', suspended: true }],
    });
  }

  /** Waits until all pods that run are ready and as many as wanted, of the newest code. */
  untilReady(count = 1, seconds = 300): Promise<unknown> {
    return eventually(
      `${this.#place.app} has ${count} ready pods`,
      async () => {
        const { app: name, namespace } = this.#place;
        const { metadata, spec, status } = await this.stage.admin
          .resource(coreKinds.deployments)
          .get(name, { namespace });
        return (
          metadata.generation === status?.observedGeneration &&
          spec?.template?.metadata?.labels?.[labels.commit] ===
            this.#revision &&
          spec?.replicas === count &&
          status?.updatedReplicas === count &&
          status?.replicas === count &&
          status?.readyReplicas === count
        );
      },
      seconds,
    );
  }

  /** Makes the only pod unresponsive for some seconds. */
  async freeze(seconds: number): Promise<void> {
    const [pod] = await this.pods();
    this.#recording.note('The pod freezes');
    const goOn = freezePod(pod);
    await pause(seconds * 1000);
    this.#recording.note('The pod goes on');
    goOn();
  }

  /** Freezes a part of the cluster for some seconds. */
  async freezeCluster(
    component: 'kube-apiserver' | 'kubelet',
    seconds: number,
  ): Promise<void> {
    this.#recording.note(`The ${component} freezes`);
    const goOn = this.stage.world.cluster.freeze(component);
    await pause(seconds * 1000);
    this.#recording.note(`The ${component} goes on`);
    goOn();
  }

  wait(seconds: number): Promise<void> {
    return pause(seconds * 1000);
  }

  /** Sends other code to its pod, as the portal does. @throws KubeApiError if the pod declines it */
  async replace(name: CodeName): Promise<void> {
    const archive = Buffer.from(packed(code[name])).toString('base64');
    await this.#ask((await this.pods())[0], '/code', { archive });
  }

  /** Calls a function in its pod. @returns the response */
  async call(name: string): Promise<unknown> {
    return this.#ask((await this.pods())[0], `/call/${name}`, {});
  }

  /** Calls a function in the oldest pod again and again. @returns a function that ends this */
  keepCalling(
    name: string,
    parameters: object,
    parallel: number,
  ): () => Promise<void> {
    let isOver = false;
    const call = async (pod: Pod) => {
      while (!isOver) {
        const whenFull = () => pause(100);
        await this.#ask(pod, `/call/${name}`, parameters).catch(whenFull);
      }
    };
    const calling = this.pods().then(([pod]) =>
      Promise.all(Array.from({ length: parallel }, () => call(pod))),
    );
    return async () => {
      isOver = true;
      await calling;
    };
  }

  note(text: string): void {
    this.#recording.note(text);
  }

  /** Returns the current status of the environment. */
  async said(): Promise<AppEnvironmentStatus | undefined> {
    const { status } = await this.#apps.get(this.#place.app, {
      namespace: this.#home,
    });
    return status?.environments?.[0];
  }

  /** Ends the recording and removes the app. @returns the recording */
  async end(): Promise<string> {
    const text = await this.#recording.end();
    await this.#apps.delete(this.#place.app, { namespace: this.#home });
    return text;
  }

  get #apps() {
    return resources.apps(this.stage.admin);
  }

  get #home(): string {
    return homeNamespace(this.#place.tenant);
  }

  /** Its pods, also those that go. */
  pods(): Promise<Pod[]> {
    const { app: name, namespace } = this.#place;
    return this.stage.admin
      .resource(coreKinds.pods)
      .list({ namespace, labelSelector: `bailiwick.dev/app=${name}` });
  }

  async #buildOf(of: string): Promise<Build | undefined> {
    const builds = resources.builds(this.stage.admin);
    const all = await builds.list({ namespace: this.#home });
    return all.find(({ spec }) => spec.image?.release === of);
  }

  #ask({ metadata }: Pod, path: string, body: object): Promise<unknown> {
    const { name, namespace } = metadata;
    return this.stage.admin.request({
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/pods/${name}:8080/proxy${path}`,
      body,
    });
  }

  async #change(spec: object): Promise<void> {
    await this.#apps.patch(this.#place.app, { spec } as Partial<App>, {
      namespace: this.#home,
    });
  }

  async #bundle(
    name: CodeName,
    { dockerfile, requirements }: OtherFiles = {},
  ): Promise<string> {
    this.#commits += 1;
    const commit = this.#commit(this.#commits);
    const made = bundle(
      this.#place.app,
      this.#home,
      commit,
      packed(code[name], tests[name], dockerfile),
    );
    await this.stage.admin
      .resource(coreKinds.configMaps)
      .create(requirements ? withPackages(made, requirements) : made);
    return commit;
  }

  #commit(number: number): string {
    return `c0de00${number}`;
  }
}
