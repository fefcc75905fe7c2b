import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FaultProxy,
  writeKubeconfig,
} from '@bailiwick/backstage-testing/proxy';

/** Returns a client and a proxy of an API server that is unreachable. */
export async function nobodyThere() {
  const folder = mkdtempSync(join(tmpdir(), 'nobody-'));
  // A port that requires root.
  const path = writeKubeconfig(folder, 'http://127.0.0.1:1');
  const admin = KubeClient.fromKubeconfig({ path, userAgent: 'fault-tests' });
  const proxy = await FaultProxy.start({ kubeconfig: path, folder });
  const stop = async () => {
    await Promise.all([admin.close(), proxy.close()]);
    rmSync(folder, { recursive: true });
  };
  return { admin, proxy, stop };
}
