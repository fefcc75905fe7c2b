import { nobodyThere } from '../__testUtils__/nobodyThere';
import { pause } from '@bailiwick/backstage-testing/world';
import { untilHonest, watchHonesty } from './violationsOf';

describe('O5 of an unreadable API server', () => {
  let nobody: Awaited<ReturnType<typeof nobodyThere>>;

  beforeAll(async () => {
    nobody = await nobodyThere();
  });
  afterAll(() => nobody?.stop());

  it('is not taken for honest at rest', async () => {
    await expect(untilHonest(nobody, 0.2)).rejects.toThrow(
      'Statuses are honest did not happen',
    );
  });

  it('is not taken for honest while things change', async () => {
    const stopWatching = watchHonesty(nobody, 10);
    await pause(50);
    expect(await stopWatching()).toEqual([
      expect.stringMatching(/^O5: no status was looked at: .*127\.0\.0\.1/),
    ]);
  });
});
