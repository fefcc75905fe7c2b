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
import { isServing } from './draftPod';

/** Milliseconds until a pod must be ready. */
const patience = 20_000;
const interval = 200;

/** Starts of pods that are under way, by namespace and app. */
const underWay = new Map<string, Promise<void>>();

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
  const [draft] = drafts;
  const hasPod = drafts.some(({ name: environment }) =>
    podsOf(lists, { tenant, environment, app: name }).some(isServing),
  );
  if (!draft?.scaleToZeroMinutes || draft.suspended || hasPod) return;
  const namespace = environmentNamespace(tenant, draft.name);
  const key = `${namespace}/${name}`;
  // A second restart would replace the first pod.
  const begun =
    underWay.get(key) ??
    start().finally(() => {
      underWay.delete(key);
    });
  underWay.set(key, begun);
  await begun;

  async function start(): Promise<void> {
    // The operator starts an app that was just restarted.
    const restartedAt = new Date().toISOString();
    await changeEnvironment(kubernetes.as(person), app, draft.name, now => ({
      ...now,
      restartedAt,
    }));
    const end = Date.now() + patience;
    while (
      Date.now() < end &&
      readyPods(lists.pods.list(), namespace, name).length === 0
    )
      await pause(interval);
  }
}
