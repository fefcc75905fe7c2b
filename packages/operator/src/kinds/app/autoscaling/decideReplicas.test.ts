import {
  decideReplicas,
  type ScalingInputs,
  type ScalingState,
} from './decideReplicas';
import type { LoadSample } from './LoadSample';

const times = { burst: 10_000, window: 60_000 };
const interval = 5000;
const start = 1_000_000;

/** Load of one reading; of full pods by default none. */
type Load = Partial<Omit<LoadSample, 'at'>> | 'silent';

/** An app that is read every five seconds, and whose pods start at once unless a load says otherwise. */
class Scaling {
  replicas: number;
  #state: ScalingState = { samples: [] };
  #now = start;
  readonly #limits: Pick<ScalingInputs, 'isRefused' | 'max' | 'min'>;

  constructor(
    replicas: number,
    limits: Partial<Pick<ScalingInputs, 'isRefused' | 'max' | 'min'>> = {},
  ) {
    this.replicas = replicas;
    this.#limits = { min: 1, max: 10, isRefused: false, ...limits };
  }

  /** Reads the pods some times. @returns the numbers of pods that were wanted, without repetitions */
  read(load: Load, count = 1): number[] {
    const found = [this.replicas];
    for (let i = 0; i < count; i += 1) {
      const { replicas, state } = decideReplicas(
        this.#state,
        this.#inputs(load),
        times,
      );
      this.#state = state;
      this.#now += interval;
      this.replicas = replicas;
      if (replicas !== found.at(-1)) found.push(replicas);
    }
    return found;
  }

  /** Forgets everything, as a restarted operator. */
  restart(): void {
    this.#state = { samples: [] };
  }

  /** Returns why the number changes with the next reading. */
  reason(load: Load) {
    return decideReplicas(this.#state, this.#inputs(load), times).reason;
  }

  #inputs(load: Load): ScalingInputs {
    const { replicas } = this;
    const none = { pods: replicas, occupied: 0, silent: 0, refused: 0 };
    return {
      ...this.#limits,
      replicas,
      now: this.#now,
      sample:
        load === 'silent' ? undefined : { at: this.#now, ...none, ...load },
    };
  }
}

describe('decideReplicas', () => {
  it('keeps 70 % of the slots occupied', () => {
    expect(new Scaling(1).read({ occupied: 0.7 }, 20)).toEqual([1]);
    expect(new Scaling(1).read({ occupied: 0.71 }, 20)).toEqual([1, 2]);
    expect(new Scaling(3).read({ occupied: 2.1 }, 20)).toEqual([3]);
    expect(new Scaling(3).read({ occupied: 4.9 }, 20)).toEqual([3, 7]);
  });

  it('ignores a short peak within a calm window', () => {
    const app = new Scaling(2);
    app.read({ occupied: 1 }, 11);
    expect(app.read({ occupied: 1.7 })).toEqual([2]);
    expect(app.read({ occupied: 1 }, 11)).toEqual([2]);
  });

  it('scales up at once when pods are full', () => {
    const app = new Scaling(2);
    app.read({ occupied: 0.2 }, 12);
    expect(app.read({ occupied: 2 }, 2)).toEqual([2, 3]);
    expect(app.reason({ occupied: 3 })).toBe('load');
  });

  it('doubles the ready pods when full pods refuse calls', () => {
    const app = new Scaling(1);
    app.read({ occupied: 0.1 }, 12);
    const load = { occupied: 1, refused: 5, pods: 1 };
    expect(app.read(load, 2)).toEqual([1, 2]);
    // The second pod is starting.
    expect(app.read(load, 2)).toEqual([2]);
    expect(app.read({ occupied: 2, refused: 3 }, 1)).toEqual([2, 4]);
    expect(app.reason({ occupied: 4, refused: 1 })).toBe('refusals');
  });

  it('adds one pod when one of several pods refuses calls', () => {
    const app = new Scaling(6);
    app.read({ occupied: 3 }, 12);
    expect(app.read({ occupied: 3.1, refused: 1 })).toEqual([6, 7]);
  });

  it('scales down slowly: after a whole window, by half at most', () => {
    const app = new Scaling(9, { min: 2 });
    expect(app.read({}, 12)).toEqual([9]);
    expect(app.read({})).toEqual([9, 5]);
    expect(app.read({}, 11)).toEqual([5]);
    expect(app.read({}, 13)).toEqual([5, 3, 2]);
    expect(app.read({}, 30)).toEqual([2]);
  });

  it('does not scale down in a window in which it was scaled up', () => {
    const app = new Scaling(1);
    app.read({ occupied: 1, refused: 1 });
    expect(app.replicas).toBe(2);
    expect(app.read({}, 11)).toEqual([2]);
    expect(app.read({}, 2)).toEqual([2, 1]);
  });

  it('does not scale down while calls return', () => {
    const app = new Scaling(4);
    app.read({}, 11);
    expect(app.read({ occupied: 2.6 }, 3)).toEqual([4]);
  });

  it('does not flap at the border of two numbers', () => {
    const app = new Scaling(2);
    for (let i = 0; i < 20; i += 1) {
      app.read({ occupied: 1.42 }, 3);
      app.read({ occupied: 1.38 }, 3);
    }
    const before = app.replicas;
    for (let i = 0; i < 20; i += 1)
      expect(app.read({ occupied: i % 2 ? 1.42 : 1.38 })).toEqual([before]);
  });

  it('stays within the limits', () => {
    expect(
      new Scaling(2, { max: 3 }).read({ occupied: 2, refused: 9 }),
    ).toEqual([2, 3]);
    expect(new Scaling(3, { max: 3 }).read({ occupied: 3 }, 5)).toEqual([3]);
    const app = new Scaling(8, { max: 3 });
    expect(app.reason('silent')).toBe('limits');
    expect(app.read('silent')).toEqual([8, 3]);
    expect(new Scaling(1, { min: 2 }).read({})).toEqual([1, 2]);
  });

  it('keeps the number while no pod responds, and begins another window then', () => {
    const app = new Scaling(4);
    app.read({}, 12);
    expect(app.read('silent', 30)).toEqual([4]);
    expect(app.read({}, 12)).toEqual([4]);
    expect(app.read({})).toEqual([4, 2]);
  });

  it('counts a pod that does not respond as full for scaling down, and as idle for scaling up', () => {
    expect(new Scaling(4).read({ occupied: 0.2, silent: 3 }, 30)).toEqual([4]);
    expect(new Scaling(4).read({ occupied: 0.2, silent: 1 }, 30)).toEqual([
      4, 2,
    ]);
    expect(new Scaling(2).read({ occupied: 1, silent: 1 }, 30)).toEqual([2]);
  });

  it('does not scale down at once after a restart of the operator', () => {
    const app = new Scaling(4);
    app.read({}, 12);
    app.restart();
    expect(app.read({}, 12)).toEqual([4]);
    expect(app.read({})).toEqual([4, 2]);
  });

  it('wants no more pods while a quota refuses them, and releases them when calls end', () => {
    const app = new Scaling(4, { isRefused: true });
    expect(app.read({ occupied: 3, refused: 9, pods: 3 }, 12)).toEqual([4]);
    expect(app.read({ pods: 3 }, 30)).toEqual([4, 3, 2, 1]);
  });
});
