import type { Pod } from '@bailiwick/backstage-kube-controller';
import { podTermination, readFailure, readResult } from './readTermination';

const digest = `sha256:${'ab'.repeat(32)}`;

function ended(exitCode: number, finishedAt: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: finishedAt },
    status: {
      containerStatuses: [
        {
          name: 'run',
          ready: false,
          restartCount: 0,
          state: { terminated: { exitCode, finishedAt } },
        },
      ],
    },
  };
}

describe('readResult', () => {
  it('reads rows, digest and inputs', () => {
    const told = { rows: 3, digest, inputs: [{ step: 'reads', digest }] };
    expect(readResult({ message: JSON.stringify(told) })).toEqual(told);
  });

  it.each([
    undefined,
    '',
    'no JSON',
    'null',
    '[]',
    '{"rows": -1, "digest": "sha256:short", "inputs": "none"}',
    '{"rows": 1.5, "inputs": [null, {"step": "a"}, {"digest": 1}]}',
  ])('reads nothing from %j', message => {
    expect(readResult({ message })).toEqual({});
  });
});

describe('readFailure', () => {
  it('returns the step’s message as a sentence', () => {
    const message = '{"error": "The prices are missing"}';
    expect(readFailure({ exitCode: 1, message })).toBe(
      'The prices are missing.',
    );
  });

  it('returns Kubernetes’ message for a step without one', () => {
    expect(readFailure({ exitCode: 137, reason: 'OOMKilled' })).toBe(
      'The app exceeded its memory limit.',
    );
    expect(readFailure({ exitCode: 3, message: 'Traceback\nKeyError' })).toBe(
      'The app exited (exit code 3): KeyError',
    );
  });
});

describe('podTermination', () => {
  it('prefers the pod that ended well, then the last one', () => {
    const [first, second, third] = [
      ended(1, '2026-11-20T10:00:00Z'),
      ended(0, '2026-11-20T10:01:00Z'),
      ended(2, '2026-11-20T10:02:00Z'),
    ];
    expect(podTermination([first, second, third])?.exitCode).toBe(0);
    expect(podTermination([first, third])?.exitCode).toBe(2);
    expect(podTermination([])).toBeUndefined();
  });
});
