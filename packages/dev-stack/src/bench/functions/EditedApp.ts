import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import { coreKinds, type Pod } from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  environmentNamespace,
  grantKind,
  homeNamespace,
  labels,
  type App,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { setTimeout as pause } from 'node:timers/promises';
import { basicLogin } from '../../demo/calls';
import { demoApp, demoTenant } from '../../demo/playMainPath';
import type { SignedIn } from '../../portal/signIn';

const file = 'functions.py';
const environment = 'dev';
/** Milliseconds between two looks. */
const interval = 20;
/** Milliseconds between two calls: an app has 600 in a minute. */
const callInterval = 100;
/** Milliseconds until all watchers have seen a change. */
const settlement = 2_000;
/** Milliseconds between two changes of objects. */
const lookInterval = 500;
/** Milliseconds until something must have happened. */
const longest = 60_000;

/** Returns the code of the benchmark's functions, of which `bench_marker` returns a number. */
export function codeWith(marker: number): string {
  return `

class BenchRow(TypedDict):
    """One row."""

    number: Annotated[int, Key]
    price: float
    name: str


def bench_rows(count: int = 100) -> Table[BenchRow]:
    """Returns rows.

    Args:
        count: Number of rows.
    """
    return [{"number": n, "price": n / 7, "name": f"row {n}"} for n in range(count)]


def bench_marker() -> int:
    """Returns the number of the edit."""
    return ${marker}
`;
}

/** Calls functions of the app. */
export type Caller = (path: string) => Promise<Response>;

/** The app of the demo, with functions of the benchmark at the end of its code. */
export class EditedApp {
  readonly #person: SignedIn;
  readonly #gateway: string;
  readonly #original: string;
  #grant: string | undefined;
  #base: string;

  private constructor(
    person: SignedIn,
    gateway: string,
    { commit, content }: { commit: string; content: string },
  ) {
    this.#person = person;
    this.#gateway = gateway;
    this.#base = commit;
    this.#original = content;
  }

  static async open(person: SignedIn, gateway: string): Promise<EditedApp> {
    const { commit } = await person.client.listFiles(demoTenant, demoApp);
    const { text: content = '' } = await person.client.readFile(
      demoTenant,
      demoApp,
      {
        commit,
        path: file,
      },
    );
    return new EditedApp(person, gateway, { commit, content });
  }

  /** Commits other code, as the editor does. */
  commit(marker: number): Promise<void> {
    return this.#write(
      this.#original + codeWith(marker),
      `Benchmark ${marker}`,
    );
  }

  /** Tries other code without a commit. @returns the result of `bench_marker` */
  async try(marker: number): Promise<unknown> {
    const { error, problems, result } = await this.#person.client.tryCode(
      demoTenant,
      demoApp,
      {
        base: this.#base,
        files: [{ path: file, content: this.#original + codeWith(marker) }],
        function: 'bench_marker',
        parameters: {},
      },
    );
    if (!result)
      throw new Error(JSON.stringify(error ?? problems ?? 'no result'));
    return result.value;
  }

  /** Creates a token, and returns a function that calls the app with it through the gateway. */
  async caller(): Promise<Caller> {
    const { grant, token } = await this.#person.client.createGrant(
      demoTenant,
      demoApp,
      { client: 'api', environment, days: 1 },
    );
    this.#grant = grant.metadata.name;
    const authorization = basicLogin('bea', token);
    return path =>
      fetch(`${this.#gateway}/v1/${demoTenant}/dev/${demoApp}/${path}`, {
        headers: { authorization },
      });
  }

  /** Waits until the gateway serves the code of a commit. @returns the number of failed calls until then */
  async untilServed(call: Caller, marker: number): Promise<number> {
    let failed = 0;
    await until(
      `marker ${marker} is served`,
      async () => {
        const response = await call('bench_marker');
        const text = await response.text();
        // Before the first commit, there is no such function.
        if (!response.ok && response.status !== 404) failed += 1;
        return response.ok && JSON.parse(text).value === marker;
      },
      callInterval,
    );
    return failed;
  }

  /** Publishes the newest commit, once it runs, and waits for the result of its tests. @returns milliseconds of the second */
  async publish(): Promise<number> {
    const { client } = this.#person;
    let begun = 0;
    const name = await until('a release', async () => {
      begun = performance.now();
      return client
        .publishRelease(demoTenant, demoApp, { environment })
        .then(release => release.name)
        .catch(() => undefined);
    });
    await until(`${name} is tested`, async () => {
      const { gates } = await client.preflightPromotion(demoTenant, demoApp, {
        environment: 'prod',
        release: name,
      });
      return gates.some(
        ({ check, verdict }) => check === 'tests' && verdict !== 'Missing',
      );
    });
    return performance.now() - begun;
  }

  /** Publishes the newest commit as an image, and waits until the image is built. @returns milliseconds */
  async publishImage(): Promise<number> {
    const { client } = this.#person;
    const begun = performance.now();
    const { name } = await client.publishRelease(demoTenant, demoApp, {
      environment,
      format: 'image',
    });
    await until(`${name} has an image`, async () => {
      const { builds, pipeline } = await client.getDeployment(
        demoTenant,
        demoApp,
      );
      const build = builds.find(({ image }) => image?.release === name);
      if (build?.phase === 'Failed') throw new Error(build.why);
      return pipeline.releases.some(one => one.name === name && one.image);
    });
    return performance.now() - begun;
  }

  /**
   * Scales the app to zero, and calls it. Makes its last use seem long ago, instead of waiting for minutes.
   *
   * @returns milliseconds until the response
   */
  async callFromZero(client: KubeClient, call: Caller): Promise<number> {
    const namespace = homeNamespace(demoTenant);
    const long = '2026-01-01T00:00:00Z';
    const here = this.#person.client.inEnvironment({
      tenant: demoTenant,
      app: demoApp,
      environment,
    });
    const wanted = { min: 1, max: 1 };
    await here.scale({ ...wanted, scaleToZeroMinutes: 5 });
    const grants = client.resource<Grant>(grantKind);
    const apps = client.resource<App>(appKind);
    await until(
      'the app is scaled to zero',
      async () => {
        for (const { metadata, spec } of await grants.list({ namespace }))
          if (spec.app === demoApp)
            await grants.patchStatus(
              metadata.name,
              { lastUsed: long },
              { namespace },
            );
        const { status } = await apps.get(demoApp, { namespace });
        const environments = status?.environments?.map(one =>
          one.name === environment ? { ...one, since: long } : one,
        );
        await apps.patchStatus(demoApp, { environments }, { namespace });
        return (await this.#pods(client)).length === 0;
      },
      lookInterval,
    );
    // The gateway has to see the changed grants, or its own write conflicts.
    await pause(settlement);
    // The gateway may have written an earlier call meanwhile, which starts a pod.
    if ((await this.#pods(client)).length > 0)
      return this.callFromZero(client, call);
    const begun = performance.now();
    const response = await call('bench_marker');
    await response.text();
    if (!response.ok) throw new Error(`Responded ${response.status}`);
    const took = performance.now() - begun;
    await here.scale({ ...wanted, scaleToZeroMinutes: null });
    return took;
  }

  /** Returns the pod that serves the newest commit. */
  async pod(client: KubeClient): Promise<Pod> {
    const pods = await this.#pods(client);
    const [pod] = pods
      .filter(({ metadata }) => !metadata.deletionTimestamp)
      .sort((a, b) =>
        `${b.metadata.creationTimestamp}`.localeCompare(
          `${a.metadata.creationTimestamp}`,
        ),
      );
    if (!pod) throw new Error(`No pod of ${demoApp} runs in ${environment}`);
    return pod;
  }

  #pods(client: KubeClient): Promise<Pod[]> {
    return client.resource(coreKinds.pods).list({
      namespace: environmentNamespace(demoTenant, environment),
      labelSelector: `${labels.app}=${demoApp}`,
    });
  }

  /** Restores the code, and revokes the token. */
  async close(): Promise<void> {
    if (this.#grant)
      await this.#person.client.revokeGrant(demoTenant, demoApp, this.#grant);
    await this.#write(this.#original, 'Remove the benchmark').catch(() => {});
  }

  async #write(content: string, message: string): Promise<void> {
    const { commit } = await this.#person.client.commitFiles(
      demoTenant,
      demoApp,
      { base: this.#base, message, files: [{ path: file, content }] },
    );
    this.#base = commit;
  }
}

/** Waits until something is there. @throws Error when it takes too long */
export async function until<T>(
  what: string,
  look: () => Promise<T | false | undefined>,
  pauseMs = interval,
): Promise<T> {
  const end = performance.now() + longest;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`Timed out: ${what}`);
    await pause(pauseMs);
  }
}
