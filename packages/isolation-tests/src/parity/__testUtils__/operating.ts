import {
  coreKinds,
  ignoreAlreadyExists,
  type KubeObject,
  type KubeRequest,
} from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { runtimeImage } from '@bailiwick/backstage-testing/world';
import { mergePatch } from '../../__testUtils__/Verdicts';
import {
  group,
  home,
  makers,
  people,
  statusOf,
  type Name,
  type Row,
  type Scene,
} from './Row';

const app = `${group}/namespaces/${home}/apps/prices`;
const place = '/tenants/alpha/apps/prices/environments/dev';

/** The same change of the app, as a patch and by a route of the portal. */
function operation(change: object, route: string, body: unknown): Row {
  const patch: KubeRequest = mergePatch(app, {
    spec: { environments: [{ name: 'dev', revision: 'draft', ...change }] },
  });
  return {
    may: makers,
    mayInCordon: [],
    kubectl: () => patch,
    portal: ({ portal }, who) =>
      statusOf(portal.call(people[who], 'POST', `${place}/${route}`, body)),
  };
}

const exec = (pod: string): string =>
  `/api/v1/namespaces/alpha--dev/pods/${pod}/exec?command=sh&stdin=true&stdout=true`;

/** Name of a pod of a run, one for each person. */
const podOfRun = (who: Name) => `prices-${who}-1-x7k2p`;

/** Creates the pod of a step. */
async function runStep({ estate }: Scene, who: Name): Promise<void> {
  const job = podOfRun(who).slice(0, -6);
  const pods = estate.admin.resource<KubeObject>(coreKinds.pods);
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podOfRun(who),
      namespace: 'alpha--dev',
      labels: { [labels.name]: 'prices', 'batch.kubernetes.io/job-name': job },
    },
    spec: {
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'app',
          image: runtimeImage,
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
  await pods.create(pod as KubeObject).catch(ignoreAlreadyExists);
}

/** Operating a running app. */
export const operating: Record<string, Row> = {
  'open a terminal': {
    may: [...makers, 'engineer'],
    mayInCordon: ['engineer'],
    // Nothing runs here: no node has the pod.
    answer: 400,
    kubectl: ({ pod }) => ({ path: exec(pod) }),
    portal: ({ pod, portal }, who) =>
      statusOf(
        portal.call(people[who], 'POST', `${place}/pods/${pod}/terminals`, {
          columns: 80,
          rows: 24,
        }),
      ),
  },
  'open a terminal in the pod of a run': {
    may: [],
    mayInCordon: [],
    prepare: runStep,
    kubectl: (_scene, who) => ({ path: exec(podOfRun(who)) }),
    portal: ({ portal }, who) =>
      statusOf(
        portal.call(
          people[who],
          'POST',
          `${place}/pods/${podOfRun(who)}/terminals`,
          { columns: 80, rows: 24 },
        ),
      ),
  },
  'restart an app': operation(
    { restartedAt: '2027-01-01T00:00:00Z' },
    'restart',
    {},
  ),
  'scale an app': operation({ replicas: { min: 1, max: 2 } }, 'scale', {
    min: 1,
    max: 2,
  }),
};
