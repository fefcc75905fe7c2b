import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import type { LiveList } from '@bailiwick/backstage-plugin-bailiwick-node';

/** Longest wait in milliseconds; a watch is usually some milliseconds behind a write. */
const maxWaitMs = 2000;

/** Waits until a watched list includes an object that was just created, so that the next call of its creator finds it. */
export async function waitUntilListed<T extends KubeObject>(
  list: Pick<LiveList<T>, 'get' | 'subscribe'>,
  { metadata: { name, namespace } }: T,
): Promise<void> {
  if (list.get(name, namespace)) return;
  await new Promise<void>(resolve => {
    const done = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(done, maxWaitMs);
    const unsubscribe = list.subscribe(() => {
      if (list.get(name, namespace)) done();
    });
  });
}
