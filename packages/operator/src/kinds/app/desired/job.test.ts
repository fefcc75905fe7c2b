import { desiredDeployment } from './deployment';
import { desiredCronJob, desiredStep, type RunningWorkload } from './job';

const workload: RunningWorkload = {
  tenant: 'desk',
  environment: 'prod',
  app: 'feed',
  namespace: 'desk--prod',
  commit: '3f9c1e2',
  bundle: { source: 'feed-3f9c1e2', copy: 'feed-3f9c1e2', digest: 'sha256:1' },
  user: { id: 1000, isMapped: true },
  image: 'bailiwick/python',
  limits: {
    cpu: '500m',
    memory: '512Mi',
    seconds: 30,
    rows: 1000,
    concurrency: 4,
  },
  requests: { cpu: '100m', memory: '128Mi' },
  settings: { title: '$(HOME)' },
  store: { size: '1Gi', functions: ['report'] },
  run: {
    steps: [{ function: 'report', needs: [] }],
    schedule: '15 6 * * *',
    keep: 10,
    seconds: 600,
  },
};
const stepOf = (parameters = {}): any =>
  desiredStep(workload, {
    name: 'monday-1',
    run: 'monday',
    step: 'report',
    parameters,
  }).spec;

describe('desiredStep', () => {
  it('is tried once more when it fails, and has time for both', () => {
    const { activeDeadlineSeconds, backoffLimit, template } = stepOf();
    const { restartPolicy } = template.spec;
    expect({ backoffLimit, restartPolicy }).toEqual({
      backoffLimit: 1,
      restartPolicy: 'Never',
    });
    expect(activeDeadlineSeconds).toBeGreaterThan(2 * 600);
  });

  it('creates pods that the Service of the app does not select', () => {
    const { labels } = stepOf().template.metadata;
    expect(labels).not.toHaveProperty(['bailiwick.dev/app']);
    expect(labels).toMatchObject({ 'app.kubernetes.io/name': 'feed' });
  });

  it('prevents Kubernetes from expanding variables in people’s input', () => {
    const [{ args, env }] = stepOf({ path: '$(PATH)' }).template.spec
      .containers;
    expect(args.at(-1)).toBe('{"path":"$$(PATH)"}');
    expect(env).toContainEqual({
      name: 'BAILIWICK_SETTINGS',
      value: '{"title":"$$(HOME)"}',
    });
  });

  it('writes into the store, and into nothing else', () => {
    const [{ volumeMounts }] = stepOf().template.spec.containers;
    expect(
      volumeMounts
        .filter(({ readOnly }: { readOnly?: boolean }) => !readOnly)
        .map(({ name }: { name: string }) => name),
    ).toEqual(['tmp', 'store']);
  });
});

describe('temporary files', () => {
  it.each([
    ['serving pods', () => desiredDeployment(workload)],
    ['pods of runs', () => ({ spec: stepOf() })],
  ])('of %s are in memory, with a size limit of the kernel', (_, made) => {
    const { volumes } = (made() as any).spec.template.spec;
    const onDisk = volumes.filter(
      ({ emptyDir }: any) => emptyDir && emptyDir.medium !== 'Memory',
    );
    expect(onDisk).toEqual([]);
    expect(volumes).toContainEqual({
      name: 'tmp',
      emptyDir: { medium: 'Memory', sizeLimit: '256Mi' },
    });
  });
});

describe('the termination log', () => {
  const containersOf = ({ spec }: any) => spec.template.spec.containers;

  it('is out of reach of code and shells, as nothing limits its size', () => {
    const [{ terminationMessagePath }] = containersOf(
      desiredDeployment(workload),
    );
    expect(terminationMessagePath).toBe('/root/termination-log');
  });

  it('is written by steps, whose files have a size limit', () => {
    const [{ env, terminationMessagePath }] = stepOf().template.spec.containers;
    expect(terminationMessagePath).toBeUndefined();
    expect(env).toContainEqual({
      name: 'BAILIWICK_LIMIT_FILE_BYTES',
      value: `${2 ** 30}`,
    });
  });
});

describe('desiredCronJob', () => {
  it('creates Jobs that wait for their run and learn its name', () => {
    const [{ spec }] = desiredCronJob(workload) as any;
    const { suspend, template } = spec.jobTemplate.spec;
    expect(suspend).toBe(true);
    const [{ args, env }] = template.spec.containers;
    expect(args).toContain('$(BAILIWICK_RUN)');
    expect(env.at(-1)).toMatchObject({
      name: 'BAILIWICK_RUN',
      valueFrom: {
        fieldRef: { fieldPath: "metadata.annotations['bailiwick.dev/run']" },
      },
    });
  });

  it('is suspended in a suspended environment', () => {
    const [{ spec }] = desiredCronJob({ ...workload, suspended: true }) as any;
    expect(spec.suspend).toBe(true);
  });
});
