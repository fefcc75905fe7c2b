import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { deepStrictEqual, strictEqual } from 'node:assert';
import {
  create,
  Editor,
  quiet,
  restart,
  withSubject,
  type Ground,
} from '../measure';
import { ours, twin, type Program } from '../operators';
import { childKinds, removeApps } from '../scenario';
import { benchOptions } from './benchOptions';
import { withPopulation } from './prepare';

/** Annotations whose values each program chooses for itself. */
const masked = ['bailiwick.dev/desired-hash'];

/**
 * `twin-test`: whether both programs bring the same apps to the same end.
 *
 * @throws AssertionError with the difference when they do not
 */
export async function twinTest(args: string[]): Promise<object> {
  const options = benchOptions(args, { apps: 24, tenants: 3 });
  return withPopulation(options, async ground => {
    const ends: unknown[] = [];
    for (const program of [await ours('app'), await twin()]) {
      ground.say(`Running ${program.name}`);
      ends.push(await endOf(ground, program));
      const { resyncWrites } = await restart(ground, program);
      strictEqual(resyncWrites, 0, `${program.name} writes without need`);
      await removeApps(ground.cluster.admin, ground.population);
    }
    const [one, other] = ends as unknown[][];
    deepStrictEqual(other, one);
    return { apps: ground.population.apps.length, objects: one.length };
  });
}

/** Creates all apps and edits some; returns all resulting objects. */
async function endOf(ground: Ground, program: Program): Promise<unknown[]> {
  const { cluster, population } = ground;
  await withSubject(ground, program, async subject => {
    await create(subject);
    const editor = new Editor(subject);
    for (const app of population.editable.slice(0, 5)) await editor.edit(app);
    await quiet(cluster);
  });
  const lists = [appKind, ...childKinds].map(type =>
    cluster.admin
      .resource<KubeObject>(type)
      .list(type === appKind ? {} : { labelSelector: 'bailiwick.dev/app' }),
  );
  return (await Promise.all(lists)).flat().map(comparable);
}

/** Returns an object without the fields that the API server sets at the time of writing. */
function comparable(object: KubeObject): object {
  const { annotations, finalizers, labels, name, namespace } = object.metadata;
  const { apiVersion, kind, metadata, ...content } = object;
  const chosen = structuredClone(content) as Record<string, any>;
  for (const field of ['clusterIP', 'clusterIPs']) delete chosen.spec?.[field];
  for (const condition of (chosen as App).status?.conditions ?? [])
    condition.lastTransitionTime = '';
  for (const environment of (chosen as App).status?.environments ?? [])
    environment.since = '';
  const kept = Object.entries(annotations ?? {}).filter(
    ([key]) => !masked.includes(key),
  );
  return {
    kind,
    metadata: { annotations: kept.sort(), finalizers, labels, name, namespace },
    ...chosen,
  };
}
