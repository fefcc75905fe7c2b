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
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe = () => {};
  await new Promise<void>(resolve => {
    timer = setTimeout(resolve, maxWaitMs);
    unsubscribe = list.subscribe(() => {
      if (list.get(name, namespace)) resolve();
    });
  });
  clearTimeout(timer);
  unsubscribe();
}
