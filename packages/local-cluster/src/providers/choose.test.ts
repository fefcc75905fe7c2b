import { chooseProvider } from './choose';

const nothing = { environment: {}, dockerAnswers: async () => false };
const docker = { ...nothing, dockerAnswers: async () => true };
const auto = { provider: 'auto', controlPlaneOnly: false } as const;

describe('chooseProvider', () => {
  it('obeys --provider before all else', async () => {
    const choice = await chooseProvider(
      { ...auto, provider: 'local', context: 'a' },
      docker,
    );
    expect(choice).toEqual({
      provider: 'local',
      why: '--provider local was given',
    });
  });

  it('uses the named context', async () => {
    const choice = await chooseProvider(
      { ...auto, context: 'staging' },
      docker,
    );
    expect(choice).toEqual({
      provider: 'existing',
      why: 'context staging was given',
    });
  });

  it('prefers the cluster of KUBECONFIG to Docker', async () => {
    const choice = await chooseProvider(auto, {
      ...docker,
      environment: { KUBECONFIG: '/k' },
    });
    expect(choice.provider).toBe('existing');
  });

  it('uses kind where Docker responds', async () => {
    expect((await chooseProvider(auto, docker)).provider).toBe('kind');
  });

  it('runs its own cluster where there is nothing else', async () => {
    expect((await chooseProvider(auto, nothing)).provider).toBe('local');
  });

  it('never uses a shared cluster for a control plane alone', async () => {
    const surroundings = { ...docker, environment: { KUBECONFIG: '/k' } };
    const choice = await chooseProvider(
      { ...auto, controlPlaneOnly: true },
      surroundings,
    );
    expect(choice.provider).toBe('local');
  });
});
