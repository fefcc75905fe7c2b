import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { SignedIn } from '../portal/signIn';
import { expectEqual } from './expect';
import type { Playbook } from './Playbook';

const file = 'requirements.txt';
/** A small package that the domain pack of the demo allows. */
const wanted = 'numpy-financial';

interface Place {
  tenant: string;
  app: string;
  environment: string;
}

/**
 * A package that the code requires: refused by the pack, then allowed and installed with a commit. Then an image with
 * it, which runs for a moment.
 */
export async function playPackages(
  play: Playbook,
  { client }: SignedIn,
  { app, environment, tenant }: Place,
): Promise<void> {
  const commit = async (content: string | null, message: string) => {
    const { commit: base } = await client.listFiles(tenant, app);
    const files = [{ path: file, content }];
    const edit = { base, files, message };
    return (await client.commitFiles(tenant, app, edit)).commit;
  };
  await play.step(
    "Bea's editor marks a package that is not allowed",
    async () => {
      const { commit: base } = await client.listFiles(tenant, app);
      const { problems = [] } = await client.tryCode(tenant, app, {
        base,
        files: [{ path: file, content: `${wanted}\nrequests\n` }],
      });
      const lines = problems.map(({ file: of, line }) => `${of}:${line}`);
      expectEqual(lines.join(', '), `${file}:2`, 'The lines with problems');
    },
  );
  const newest = await play.step('Bea commits an allowed package', () =>
    // The comment differs when the demo is played again.
    commit(
      `# Since ${new Date().toISOString()}\n${wanted}\n`,
      'Use financial functions',
    ),
  );
  const view = await play.step('The build of the packages ends', () =>
    play.eventually('The end of the build', 120, async () => {
      const found = await client.getDeployment(tenant, app);
      return isSettled(found, newest, environment) ? found : undefined;
    }),
  );
  const obstacle = obstacleIn(view, environment);
  if (obstacle) {
    await play.step(`She removes it again: ${obstacle}`, () =>
      commit(null, 'Remove packages'),
    );
    return;
  }
  await play.step('The package is installed, and the draft uses it', () => {
    const [build] = view.builds;
    const names = build?.packages?.map(({ name }) => name).join(', ');
    expectEqual(names, wanted, 'The installed packages');
    return play.eventually('The draft', 60, async () => {
      const state = stateIn(
        await client.getDeployment(tenant, app),
        environment,
      );
      return state?.health === 'Healthy' &&
        newest.startsWith(state.revision ?? '-')
        ? true
        : undefined;
    });
  });
  await playImage(play, client, { tenant, app, environment });
}

async function playImage(
  play: Playbook,
  client: SignedIn['client'],
  { app, environment, tenant }: Place,
): Promise<void> {
  const healthy = (release: string | undefined) =>
    play.eventually(
      `${release ?? 'The draft'} in ${environment}`,
      90,
      async () => {
        const view = await client.getDeployment(tenant, app);
        const state = stateIn(view, environment);
        return (
          (state?.release === release && state?.health === 'Healthy') ||
          undefined
        );
      },
    );
  const { name } = await play.step('Bea publishes a release as an image', () =>
    client.publishRelease(tenant, app, { environment, format: 'image' }),
  );
  const image = await play.step('The image is built, with the package', () =>
    play.eventually('The image', 120, async () => {
      const view = await client.getDeployment(tenant, app);
      const build = view.builds.find(one => one.image?.release === name);
      if (build?.phase === 'Failed') throw new Error(build.why);
      return view.pipeline.releases.find(one => one.name === name)?.image;
    }),
  );
  expectEqual(image.includes(`/${tenant}/${app}@sha256:`), true, image);
  await play.step(`She deploys the image to ${environment}`, async () => {
    await client.promoteApp(tenant, app, {
      environment,
      release: name,
      reason: 'To see whether the image works.',
    });
    await healthy(name);
  });
  await play.step(
    `${environment} follows the newest commit again`,
    async () => {
      await client.followNewest(tenant, app, environment);
      await healthy(undefined);
    },
  );
}

function stateIn({ app }: DeploymentView, environment: string) {
  return app.status?.environments?.find(({ name }) => name === environment);
}

/** Whether the packages of a commit are installed or cannot be. */
function isSettled(
  view: DeploymentView,
  commit: string,
  environment: string,
): boolean {
  const [build] = view.builds;
  const isBuilt = commit.startsWith(build?.commit ?? '-') && build.finishedAt;
  return Boolean(isBuilt || obstacleIn(view, environment));
}

/** Returns why this installation cannot install packages at all, such as without access to the network. */
function obstacleIn(
  view: DeploymentView,
  environment: string,
): string | undefined {
  const why = `${stateIn(view, environment)?.why} ${view.builds[0]?.why}`;
  return /The package index does not respond|has no registry for packages/.exec(
    why,
  )?.[0];
}
