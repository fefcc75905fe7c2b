import {
  before,
  deployment,
  pod,
  said,
  told,
} from './__testUtils__/healthInputs';

describe('the health of a pod that stops answering', () => {
  const gone = [pod('a1', { changed: 100 })];
  const back = [pod('a1', { ready: true, changed: 106 })];
  const deployed = deployment(1);
  const shaky = said({ pods: gone }, 103, before('Healthy')).why;

  it('stays Healthy for ten seconds, with a note', () => {
    expect(said({ pods: gone }, 103, before('Healthy'))).toMatchObject({
      health: 'Healthy',
      recheckAfter: 7,
    });
    expect(
      said({ pods: gone }, 110, before('Healthy', shaky, { ready: 0 })),
    ).toMatchObject({
      health: 'Failed',
      why: 'The pod is running but no longer ready.',
    });
  });

  it('stays Healthy over one gap, and is Degraded with the next', () => {
    const recovering = said(
      { deployment: deployed, pods: back },
      107,
      before('Healthy', shaky, { ready: 0 }),
    );
    expect(recovering).toMatchObject({ health: 'Healthy', why: shaky });
    const next = [pod('a1', { changed: 130 })];
    expect(said({ pods: next }, 131, before('Healthy', shaky)).health).toBe(
      'Degraded',
    );
    expect(
      said({ deployment: deployed, pods: back }, 136, before('Healthy', shaky))
        .why,
    ).toBe('The pod is ready.');
    expect(said({ pods: next }, 131, before('Healthy')).health).toBe('Healthy');
  });

  it('is Progressing when new code follows a gap', () => {
    const taken = {
      type: 'PodScheduled',
      status: 'True',
      lastTransitionTime: told(110),
    };
    const other = pod('a2', {
      kind: 'newer',
      born: 110,
      changed: 110,
      conditions: [taken],
    });
    const rolling = deployment(1, { all: 2 });
    const signs = { deployment: rolling, pods: [...back, other] };
    expect(said(signs, 111, before('Healthy', shaky)).health).toBe(
      'Progressing',
    );
  });

  it('is Degraded until it has answered for half a minute', () => {
    const failed = before('Failed', 'It broke.', { since: 90 });
    const signs = { deployment: deployed, pods: back };
    expect(said(signs, 107, failed)).toMatchObject({
      health: 'Degraded',
      recheckAfter: 29,
    });
    const { why } = said(signs, 107, failed);
    const recovering = before('Degraded', why, { since: 107 });
    expect(said(signs, 135, recovering).health).toBe('Degraded');
    expect(said(signs, 136, recovering)).toMatchObject({
      health: 'Healthy',
      recheckAfter: undefined,
    });
  });

  it('is trusted when it answered all the time, whatever else was wrong', () => {
    const degraded = before('Degraded', 'A setting was wrong.', { since: 107 });
    expect(
      said({ deployment: deployed, pods: back }, 108, degraded).health,
    ).toBe('Healthy');
  });

  it('stays as bad as before while the same pods flap', () => {
    const degraded = before('Degraded', '', { since: 60 });
    expect(said({ pods: gone }, 103, degraded)).toMatchObject({
      health: 'Degraded',
      recheckAfter: 7,
    });
  });

  it('is Progressing once the awaited object exists', () => {
    const started = pod('a1', {
      state: { running: { startedAt: told(100) } },
    });
    const failed = before('Failed', 'No image.', { since: 50 });
    expect(said({ pods: [started] }, 101, failed)).toMatchObject({
      health: 'Progressing',
      why: 'Starting: 0 of 1 pods ready.',
    });
  });
});
