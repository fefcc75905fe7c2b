import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { EtcdData } from './EtcdData';

/*
 * Saves what Bailiwick keeps of a tenant in a local cluster that runs, for tests of later versions:
 *
 *   nsenter --net --target <pid of etcd> node --import ./scripts/typescript.mjs \
 *     packages/testing/src/cluster/saveObjects.ts <data folder> <tenant> <pack> <file>
 */
const [dataDir, tenant, pack, file] = process.argv.slice(2);
const inTenant = [
  'configmaps',
  'deployments',
  'limitranges',
  'networkpolicies',
  'resourcequotas',
  'rolebindings',
  'serviceaccounts',
].map(kind => `/registry/${kind}/${tenant}--`);
const ours = [
  'apps',
  'changerequests',
  'clusters',
  'grants',
  'plans',
  'releases',
  'tenants',
  `domainpacks/${pack}`,
].map(kind => `/registry/bailiwick.dev/${kind}`);

const objects = await EtcdData.list(dataDir, 'local', [
  ...ours,
  ...inTenant,
  `/registry/namespaces/${tenant}--`,
  `/registry/clusterroles/bailiwick:tenant:${tenant}`,
  `/registry/clusterrolebindings/bailiwick:tenant:${tenant}`,
  '/registry/configmaps/bailiwick-system/runtime-images',
]);
writeFileSync(file, gzipSync(JSON.stringify(objects), { level: 9 }));
process.stdout.write(`${objects.length} objects\n`);
