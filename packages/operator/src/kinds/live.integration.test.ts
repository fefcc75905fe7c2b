/** @heavy */
import { coreKinds } from '@bailiwick/backstage-kube-controller';
import { eventually, nodeAddresses } from '@bailiwick/backstage-testing';
import { PackageIndex } from '../__testUtils__/PackageIndex';
import { escapes } from '../__testUtils__/rollouts/escapes';
import { Play, type CodeName } from '../__testUtils__/rollouts/Play';
import { Stage } from '../__testUtils__/rollouts/Stage';

const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
const integration =
  process.env.BAILIWICK_INTEGRATION && asRoot ? describe : describe.skip;
jest.setTimeout(180_000);

/** Maximum delay of the status after Kubernetes, in milliseconds; Kubernetes writes whole seconds. */
const promptly = 4000;

const scalingTimes = { busy: 500, idle: 500, burst: 1000, window: 5000 };

integration('apps with running pods', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open(scalingTimes);
  }, 300_000);
  afterAll(() => stage?.close(), 60_000);

  const until = (play: Play, health: string, why = /^/) =>
    eventually(
      `It is ${health}`,
      async () => {
        const said = await play.said();
        if (said?.health === health && why.test(said.why)) return said;
        throw new Error(`it is ${JSON.stringify(said)}`);
      },
      60,
    );

  /** Waits until Kubernetes reports a state, and returns the delay of the status. */
  async function healthyAfterReady(play: Play): Promise<number> {
    await play.untilReady();
    const ready = Date.now();
    await until(play, 'Healthy');
    return Date.now() - ready;
  }

  it('have a health that follows an image that is missing and then exists', async () => {
    const play = new Play(stage, 'imageless', '', { pack: 'absent' });
    await play.begin('good');
    const failed = await until(play, 'Failed');
    expect(failed.why).toMatch(/^The runtime image .*absent.* can't be pulled/);
    expect(failed.next).toMatch(/platform team/);
    await stage.loadAbsentImage();
    expect(await healthyAfterReady(play)).toBeLessThan(promptly);
    await play.end();
  });

  it('have a health that follows a crash loop and its correction', async () => {
    const play = new Play(stage, 'crashing', '');
    await play.begin('crashing');
    const failed = await until(play, 'Failed');
    expect(failed.why).toBe(
      'The app exited right after start (exit code 3): The price list is missing',
    );
    const [pod] = await play.pods();
    const { lastState, state } = pod.status!.containerStatuses![0];
    const { finishedAt = '' } = (state?.terminated ?? lastState?.terminated)!;
    expect(Date.parse(failed.since) - Date.parse(finishedAt)).toBeLessThan(
      promptly,
    );
    await play.push('better');
    expect(await healthyAfterReady(play)).toBeLessThan(promptly);
    await play.end();
  });

  it('serve other code of a draft at once, unless it cannot be loaded', async () => {
    const play = new Play(stage, 'replaced', '');
    await play.begin('good');
    await until(play, 'Healthy');
    await play.replace('farther');
    for (const bad of ['crashing', 'hungry', 'broken', 'waiting'] as const)
      await expect(play.replace(bad)).rejects.toMatchObject({ status: 409 });
    expect(await play.call('prices')).toEqual({ value: 2 });
    await play.end();
  });

  it('are scaled by the calls that run in them', async () => {
    const play = new Play(stage, 'waiting', '');
    await play.begin('waiting');
    await until(play, 'Healthy');
    await play.scale(1, 2);
    // One call more than a pod runs at the same time.
    const stop = play.keepCalling('waiting', { seconds: 1 }, 5);
    try {
      await play.untilReady(2);
    } finally {
      await stop();
    }
    await play.untilReady(1);
    await until(play, 'Healthy');
    await play.end();
  });

  it('run the tests of each release once', async () => {
    const play = new Play(stage, 'tested', '');
    await play.begin('good');
    await until(play, 'Healthy');
    const first = await play.publish(1);
    await play.push('better');
    const second = await play.publish(2);
    const evidence = (name: string) =>
      eventually(`${name} is tested`, async () => {
        const { status } = await stage.releases.get(name, {
          namespace: 'rates-desk--home',
        });
        return status?.evidence?.[0];
      });
    expect(await evidence(first)).toMatchObject({
      check: 'tests',
      verdict: 'Missing',
      detail: 'The code has no tests.',
    });
    const tested = await evidence(second);
    expect(tested).toMatchObject({
      verdict: 'Failed',
      detail:
        '1 of 2 tests failed: tests/test_functions.py::test_wrong: assert 1 == 2.',
    });
    await expect(
      stage.releases.patchStatus(
        second,
        { evidence: [{ ...tested, verdict: 'Passed' }] },
        { namespace: 'rates-desk--home' },
      ),
    ).rejects.toThrow("Evidence can't be changed");
    await play.end();
  });

  it('get a new release as a canary, which is rolled back or deployed', async () => {
    const play = new Play(stage, 'careful', '');
    await play.begin('good');
    await until(play, 'Healthy');
    const first = await play.publish(1);
    const canary = { percent: 50, minutes: 10 };
    await play.deploy(first, { canary });
    await eventually('The first release runs', async () => {
      const said = await play.said();
      return said?.release === first && said.health === 'Healthy';
    });
    await play.push('better');
    const second = await play.publish(2);
    const hasCanary = (phase: string) =>
      eventually(
        `The canary is ${phase}`,
        async () => {
          const said = await play.said();
          const { canary: found } = said ?? {};
          return found?.phase === phase && found.endsAt ? said : undefined;
        },
        60,
      );

    await play.deploy(second, { canary });
    const running = await hasCanary('Running');
    expect(running).toMatchObject({
      release: first,
      health: 'Healthy',
      why: 'The canary r2 gets 50% of the calls; 0 of 0 failed.',
      canary: { release: second, percent: 50 },
    });

    const { startedAt } = running!.canary!;
    await play.recordCalls({
      startedAt,
      canary: { calls: 10, failed: 10, durations: [10] },
      stable: { calls: 12, failed: 0, durations: [12] },
    });
    const { health, release, why } = (await hasCanary('RolledBack'))!;
    expect({ health, release, why }).toEqual({
      health: 'Healthy',
      release: first,
      why: 'Release r2 was rolled back: 10 of 10 calls failed (deployed release: 0 of 12). Release r1 gets all calls.',
    });
    await eventually('The canary is deleted', async () => {
      const services = await stage.admin
        .resource(coreKinds.services)
        .list({ namespace: 'rates-desk--dev' });
      return services.every(
        ({ metadata }) => metadata.name !== 'careful--canary',
      );
    });

    await play.deploy(second, { canary, suspended: true });
    expect(await until(play, 'Suspended')).toMatchObject({
      release: first,
      canary: { phase: 'RolledBack' },
    });

    const restartedAt = new Date(Date.now() + 1000).toISOString();
    await play.deploy(second, { canary, restartedAt });
    await hasCanary('Running');
    await play.age({ readyAt: '2026-01-01T00:00:00Z' });
    await play.untilReady();
    const deployed = await until(play, 'Healthy');
    expect(deployed).toMatchObject({ release: second });
    expect(deployed.canary).toBeUndefined();
    await play.end();
  });

  describe('with a registry', () => {
    let addresses: { node: string; own: string };

    // On a new machine, this includes assembling the builder's image.
    beforeAll(async () => {
      addresses = await nodeAddresses(stage.admin);
      await stage.offerRegistry(`${addresses.node}:5000`);
    }, 600_000);

    it('have the packages that their code requires', async () => {
      const index = await PackageIndex.start(addresses.own);
      try {
        index.add('quotes', '1.0', 'DAYS = 7\n');
        await stage.offerPackages(index.url);
        const play = new Play(stage, 'requiring', '');
        await play.begin('good');
        await until(play, 'Healthy');
        await play.push('requiring', { requirements: 'quotes\n' });
        expect((await until(play, 'Progressing')).why).toBe(
          'Older pods are still ready. Packages are being installed.',
        );
        await play.untilReady();
        expect(await until(play, 'Healthy')).toMatchObject({
          contract: { functions: [{ name: 'days' }] },
        });
        const release = await play.publish(1);
        const { packages } = await eventually('It is tested', async () => {
          const { status } = await stage.releases.get(release, {
            namespace: 'rates-desk--home',
          });
          return status?.evidence ? status : undefined;
        });
        expect(packages).toMatch(/:5000\/packages\/rates-desk@sha256:/);

        const second = await play.publish(2, { format: 'image' });
        await play.deploy(second);
        const [pod] = await eventually('Only the image runs', async () => {
          const all = (await play.pods()).filter(
            ({ metadata }) => !metadata.deletionTimestamp,
          );
          return all.every(({ spec }) =>
            `${spec?.containers[0].image}`.includes('/rates-desk/requiring@'),
          )
            ? all
            : undefined;
        });
        expect(pod.spec?.volumes?.map(({ name }) => name)).toEqual(['tmp']);
        await play.untilReady();
        expect(await until(play, 'Healthy')).toMatchObject({
          release: second,
          contract: { functions: [{ name: 'days' }] },
        });
        await play.scale(1);

        await play.push('requiring', { requirements: 'quotes>=2\n' });
        // Before, it may be Degraded because the installation takes long.
        const failed = await until(
          play,
          'Degraded',
          /^Older pods are still ready. Packages can't be installed: requirements.txt, line 1: .*quotes/,
        );
        expect(failed.next).toBe('Correct the file, and commit it.');
        index.add('quotes', '2.0', 'DAYS = 8\n');
        await play.repeatBuilds();
        await play.untilReady();
        await play.end();
      } finally {
        await index.stop();
      }
    });

    describe('published with a Dockerfile', () => {
      let play: Play;
      let number = 0;

      beforeAll(async () => {
        play = new Play(stage, 'bundled', '');
        await play.begin('good');
      });
      afterAll(() => play?.end());

      const publish = async (dockerfile?: string, name: CodeName = 'good') => {
        await play.push(name, { dockerfile });
        number += 1;
        return play.publish(number, { format: 'image', dockerfile: true });
      };

      it('run on what it adds to the runtime', async () => {
        const dockerfile = `FROM runtime AS library
USER 0
RUN mkdir /opt/geo && echo 42 > /opt/geo/answer
FROM runtime
COPY --from=library /opt/geo /opt/geo
ENV GEO=/opt/geo
`;
        const release = await publish(dockerfile, 'linked');
        expect(await play.built(release)).toMatchObject({ phase: 'Succeeded' });
        await play.deploy(release);
        await play.untilReady();
        expect(await until(play, 'Healthy')).toMatchObject({
          release,
          contract: { functions: [{ name: 'answer' }] },
        });
      });

      it('can add nothing', async () => {
        const status = await play.built(await publish('FROM runtime\n'));
        expect(status).toMatchObject({ phase: 'Succeeded' });
      });

      it('show their log while they are built, and keep it when they are cancelled', async () => {
        const release = await publish(
          'FROM runtime\nRUN while true; do echo waiting; sleep 1; done\n',
        );
        await play.cancelBuild(release, /^waiting$/m);
        const { log, phase } = await play.built(release);
        expect(phase).toBe('Cancelled');
        expect(log).toMatch(/^waiting$/m);
      });

      it('are built without network, credentials and privileges', async () => {
        const { nothing, ...attempts } = escapes(addresses.node);
        const steps = Object.entries(attempts).map(
          ([name, command]) =>
            `RUN if ${command} 2>/dev/null; then echo "allowed: ${name}"; exit 1; fi`,
        );
        const dockerfile = `FROM runtime\nUSER 0\n${steps.join(
          '\n',
        )}\nRUN ${nothing}\n`;
        const { log, phase } = await play.built(await publish(dockerfile));
        expect({ log, phase }).toEqual({
          log: expect.any(String),
          phase: 'Succeeded',
        });
      });

      it('do not give away files of the builder', async () => {
        const [root, work] = ['/root-of-builder', '/work-of-builder'].map(
          target =>
            `RUN --mount=type=bind,from=links,source=${target},target=/found,rw ls /found/work /found/context; true`,
        );
        const dockerfile = `FROM runtime AS links
USER 0
RUN ln -s / /root-of-builder && ln -s /work /work-of-builder
FROM runtime
USER 0
${root}
${work}
RUN --mount=type=cache,id=../../../../../../work,target=/found ls /found/context; true
`;
        const { log = '' } = await play.built(await publish(dockerfile));
        expect(log).toContain('STEP');
        expect(log).not.toMatch(/^(Dockerfile|functions\.py)$/m);
      });

      it.each([
        [
          'an image that is not allowed',
          'FROM docker.io/library/debian:12\n',
          /docker.io\/library\/debian:12: image not known. It is not among the allowed images: runtime.$/,
        ],
        [
          'a last stage without the runtime',
          'FROM runtime AS first\nFROM scratch\nCOPY functions.py /\n',
          /^The last stage of the Dockerfile must begin with FROM runtime.$/,
        ],
        [
          'a step that fails',
          'FROM runtime\nRUN echo "no compiler" && exit 3\n',
          /exit status 3. Steps have no network; the log shows their output.$/,
        ],
        ['no content', undefined, /^The commit has no Dockerfile.$/],
      ])('explain %s', async (_, dockerfile, why) => {
        const status = await play.built(await publish(dockerfile));
        expect(status).toMatchObject({ phase: 'Failed' });
        expect(status.why).toMatch(why);
      });
    });
  });
});
