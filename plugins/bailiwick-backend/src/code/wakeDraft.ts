import {
  environmentNamespace,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  openDrafts,
  type Person,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { setTimeout as pause } from 'node:timers/promises';
import { changeEnvironment } from '../environments';
import { podsOf, readyPods } from '../pods';

/** Milliseconds until a pod must be ready. */
const patience = 20_000;
const interval = 50;

/** Starts a pod of a draft that is scaled to zero, as the person, and waits until it is ready. */
export async function wakeDraft(
  kubernetes: KubernetesService,
  person: Person,
  tenant: string,
  app: App,
): Promise<void> {
  const { lists } = kubernetes;
  const { name } = app.metadata;
  const drafts = openDrafts(app, lists.tenants.get(tenant));
  const hasPods = (environment: string) =>
    podsOf(lists, { tenant, environment, app: name }).length > 0;
  const [draft] = drafts;
  if (
    !draft?.scaleToZeroMinutes ||
    draft.suspended ||
    drafts.some(one => hasPods(one.name))
  )
    return;
  // The operator starts an app that was just restarted.
  const restartedAt = new Date().toISOString();
  await changeEnvironment(kubernetes.as(person), app, draft.name, now => ({
    ...now,
    restartedAt,
  }));
  const namespace = environmentNamespace(tenant, draft.name);
  const end = Date.now() + patience;
  while (
    Date.now() < end &&
    readyPods(lists.pods.list(), namespace, name).length === 0
  )
    await pause(interval);
}
