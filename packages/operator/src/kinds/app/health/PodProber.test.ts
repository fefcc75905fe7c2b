import {
  KubeApiError,
  type KubeClient,
  type KubeRequest,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { PodProber } from './PodProber';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'desk--dev', uid: 'u' },
} as Pod;
const { signal } = new AbortController();

/** The wire between operator and pod, answering as the API server's proxy does. */
function asking(...answers: (object | Error)[]) {
  const paths: string[] = [];
  const limits = new Set<number | undefined>();
  const client = {
    request: async ({ path, maxBytes }: KubeRequest) => {
      paths.push(path);
      limits.add(maxBytes);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  } as unknown as KubeClient;
  return { prober: new PodProber(client), paths, limits };
}

const unready = (body: object) =>
  KubeApiError.fromAnswer(503, JSON.stringify(body));
const problem = {
  file: 'functions.py',
  line: 12,
  message: 'prices has no docstring',
  function: 'prices',
};

describe('PodProber', () => {
  it('reports the place of an error in the code, and probes a pod that cannot recover only once', async () => {
    const { prober, paths } = asking(
      unready({ status: 'failed', problems: [problem, problem] }),
    );
    const answer = {
      why: "The code can't be loaded: functions.py:12: prices has no docstring (and 1 more)",
      next: 'Correct functions.py:12 and push.',
    };
    expect(await prober.whyUnready(pod, signal)).toEqual(answer);
    expect(await prober.whyUnready(pod, signal)).toEqual(answer);
    expect(paths).toEqual([
      '/api/v1/namespaces/desk--dev/pods/p:8080/proxy/readyz',
    ]);
  });

  it('reports nothing while the code loads or the pod is not responding', async () => {
    const { prober } = asking(
      unready({ status: 'loading', problems: [] }),
      KubeApiError.fromAnswer(502, 'dial tcp: refused'),
      new Error('socket hang up'),
    );
    for (let i = 0; i < 3; i += 1) {
      expect(await prober.whyUnready(pod, signal)).toBeUndefined();
    }
  });

  it('reads a contract, and reports where another one cannot be stored', async () => {
    const contract = {
      functions: [
        { name: 'prices', parameters: {}, result: { kind: 'value' } },
      ],
    };
    const { prober, limits } = asking(
      contract,
      { functions: 'all' },
      new Error('gone'),
    );
    expect(await prober.contract(pod, signal)).toEqual({ contract });
    expect(await prober.contract(pod, signal)).toEqual({
      problem: {
        why: expect.stringContaining('is invalid at functions: '),
        next: 'Correct the function and push.',
      },
    });
    expect(await prober.contract(pod, signal)).toEqual({});
    expect([...limits]).toEqual([1024 * 1024]);
  });

  it.each([
    [
      'the proxy says so',
      KubeApiError.fromAnswer(
        503,
        'error trying to reach service: i/o timeout',
      ),
    ],
    [
      'nothing comes back',
      Object.assign(new Error('Too long'), { name: 'TimeoutError' }),
    ],
  ])('reports an unreachable pod when %s', async (_when, error) => {
    const { prober } = asking(error);
    const { problem: found } = await prober.contract(pod, signal);
    expect(found?.why).toMatch(/API server can't reach it over the network/);
  });
});
