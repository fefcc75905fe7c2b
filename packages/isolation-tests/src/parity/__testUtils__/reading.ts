import { group, home, people, readers, statusOf, type Row } from './Row';

/** Reading. */
export const reading: Record<string, Row> = {
  'read the tenant': {
    may: readers,
    mayInCordon: readers,
    kubectl: () => ({ path: `${group}/tenants/alpha` }),
    portal: ({ portal }, who) => portal.sees(people[who], '/tenants', 'alpha'),
  },
  'list its apps': {
    may: readers,
    kubectl: () => ({ path: `${group}/namespaces/${home}/apps` }),
    portal: ({ portal }, who) =>
      portal.sees(people[who], '/apps', `${home}/prices`),
  },
  'read an app with its pods and events': {
    may: readers,
    mayInCordon: readers,
    kubectl: () => ({ path: '/api/v1/namespaces/alpha--dev/pods' }),
    portal: ({ portal }, who) =>
      statusOf(portal.call(people[who], 'GET', '/tenants/alpha/apps/prices')),
  },
  'read a log': {
    may: readers,
    // Nothing runs here: no node has the pod.
    answer: 400,
    kubectl: ({ pod }) => ({
      path: `/api/v1/namespaces/alpha--dev/pods/${pod}/log`,
    }),
    portal: ({ pod, portal }, who) =>
      statusOf(
        portal.call(
          people[who],
          'GET',
          `/tenants/alpha/apps/prices/environments/dev/pods/${pod}/log`,
        ),
      ),
  },
  'look at the Kubernetes tab': {
    may: readers,
    kubectl: () => ({
      path: '/apis/apps/v1/namespaces/alpha--dev/deployments',
    }),
    async portal({ portal }, who) {
      const found = await portal.tab(people[who], 'alpha', 'prices');
      return found.some(({ resources }) => resources.length > 0) ? 200 : 404;
    },
  },
};
