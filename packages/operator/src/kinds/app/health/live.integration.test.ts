import { eventually } from '@bailiwick/backstage-testing';
import { Play } from '../../../__testUtils__/rollouts/Play';
import { Stage } from '../../../__testUtils__/rollouts/Stage';

const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
const integration =
  process.env.BAILIWICK_INTEGRATION && asRoot ? describe : describe.skip;
jest.setTimeout(180_000);

/** Maximum delay of the status after Kubernetes, in milliseconds; Kubernetes writes whole seconds. */
const promptly = 4000;

integration('the health of apps with running pods', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
  }, 300_000);
  afterAll(() => stage?.close(), 60_000);

  const until = (play: Play, health: string) =>
    eventually(
      `It is ${health}`,
      async () => {
        const said = await play.said();
        return said?.health === health ? said : undefined;
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

  it('follows an image that is missing and then exists', async () => {
    const play = new Play(stage, 'imageless', '', { pack: 'absent' });
    await play.begin('good');
    const failed = await until(play, 'Failed');
    expect(failed.why).toMatch(/^The runtime image .*absent.* can't be pulled/);
    expect(failed.next).toMatch(/platform team/);
    await stage.loadAbsentImage();
    expect(await healthyAfterReady(play)).toBeLessThan(promptly);
    await play.end();
  });

  it('follows a crash loop and its correction', async () => {
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
});
