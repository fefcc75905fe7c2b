import type { KubeRequest } from '@bailiwick/backstage-kube-controller';
import { mergePatch } from '../../__testUtils__/Verdicts';
import {
  group,
  home,
  makers,
  people,
  statusOf,
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

const exec = ({ pod }: Scene): string =>
  `/api/v1/namespaces/alpha--dev/pods/${pod}/exec?command=sh&stdin=true&stdout=true`;

/** What people do to an app that runs. */
export const operating: Record<string, Row> = {
  'open a terminal': {
    may: [...makers, 'engineer'],
    mayInCordon: ['engineer'],
    // Nothing runs here: no node has the pod.
    answer: 400,
    kubectl: scene => ({ path: exec(scene) }),
    portal: ({ pod, portal }, who) =>
      statusOf(
        portal.call(people[who], 'POST', `${place}/pods/${pod}/terminals`, {
          columns: 80,
          rows: 24,
        }),
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
