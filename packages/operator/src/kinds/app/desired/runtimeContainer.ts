import {
  amountToNumber,
  byContainerKey,
  containerRequests,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  ephemeralStorage,
  ephemeralStorageKey,
} from '../../../ephemeralStorage';
import type { ConnectionInUse, ResultsBucket, Workload } from '../workload';
import { bundleKey } from './bundleCopy';
import { escapeVariables } from './escapeVariables';

/** Path of the code in each container. */
export const bundlePath = `/bundle/${bundleKey}`;
/** Folder of the store in each container. */
const storePath = '/store';
/** Folder of the installed packages in each container. */
const packagesPath = '/packages';
/** Name of the volume with the installed packages. */
export const packagesVolume = 'packages';
/** Path of the Secret of the bucket with the results; connections of a pack can have the same name. */
const bucketSecretPath = '/results-connection';
/**
 * Size of `/tmp`, which is in memory and counts against the memory limit: Kubernetes measures the files of a folder on the node's
 * disk every few seconds, so code could fill the disk in between, and with deleted files that it keeps open.
 */
const tmpSize = '256Mi';
/**
 * Mount path of the termination log of containers that write none. The log is a file on the node's disk without a
 * limit, so neither code nor a shell may reach it: only root can enter this folder.
 */
const sealedTerminationLog = '/root/termination-log';

/** Returns the fields that all containers of an app share: image, code, limits and mounts. */
export function runtimeContainer(
  workload: Workload,
  name: string,
  { writesStore = false }: { writesStore?: boolean } = {},
) {
  const { image, isSelfContained, packages, store } = workload;
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    env: Object.entries({
      ...environment(workload),
      ...(writesStore && { BAILIWICK_LIMIT_FILE_BYTES: largestFile(workload) }),
    }).map(([key, value]) => ({
      name: key,
      value: escapeVariables(`${value}`),
    })),
    resources: resources(workload),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
    },
    // Steps write their result there.
    ...(!writesStore && { terminationMessagePath: sealedTerminationLog }),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      ...(isSelfContained
        ? []
        : [{ name: 'bundle', mountPath: '/bundle', readOnly: true }]),
      { name: 'tmp', mountPath: '/tmp' },
      ...(packages?.artifact
        ? [{ name: packagesVolume, mountPath: packagesPath, readOnly: true }]
        : []),
      ...(store?.size
        ? [{ name: 'store', mountPath: storePath, readOnly: !writesStore }]
        : []),
      ...secretsOf(workload).map(({ path }, position) => ({
        name: secretVolume(position),
        mountPath: path,
        readOnly: true,
      })),
    ],
  };
}

/**
 * Returns the resources of a container: requests of its plan, capped by the limits of its runtime.
 */
function resources({
  limits,
  requests,
}: Pick<Workload, 'limits' | 'requests'>) {
  // The API server refuses a request above its limit.
  return {
    requests: {
      ...byContainerKey(containerRequests(limits, requests)),
      [ephemeralStorageKey]: ephemeralStorage.request,
    },
    limits: {
      ...byContainerKey(limits),
      [ephemeralStorageKey]: ephemeralStorage.limit,
    },
  };
}

/** Returns the bytes of the largest file that a step can have room for. */
function largestFile({ store }: Pick<Workload, 'store'>): number {
  return Math.max(amountToNumber(tmpSize), amountToNumber(store?.size));
}

/** Returns the volumes of the containers from {@link runtimeContainer}. */
export function runtimeVolumes(workload: Workload) {
  const { app, bundle, isSelfContained, packages, store } = workload;
  return [
    ...(isSelfContained
      ? []
      : [{ name: 'bundle', configMap: { name: bundle.copy } }]),
    { name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: tmpSize } },
    ...(packages?.artifact
      ? [
          {
            name: packagesVolume,
            image: {
              reference: packages.artifact,
              pullPolicy: 'IfNotPresent',
            },
          },
        ]
      : []),
    ...(store?.size
      ? [{ name: 'store', persistentVolumeClaim: { claimName: app } }]
      : []),
    ...secretsOf(workload).map(({ secret }, position) => ({
      name: secretVolume(position),
      secret: { secretName: secret.copy, defaultMode: 0o440 },
    })),
  ];
}

/** Returns all connections of an app, with the one to the bucket of its results. */
export function connectionsOf({
  connections = [],
  store,
}: Pick<Workload, 'connections' | 'store'>) {
  return [
    ...connections.map(one => ({ ...one, path: secretPath(one.name) })),
    ...(store?.bucket ? [{ ...store.bucket, path: bucketSecretPath }] : []),
  ];
}

/** Returns the connections of an app that have a Secret, and the path of the Secret in containers. */
export function secretsOf(workload: Pick<Workload, 'connections' | 'store'>) {
  return connectionsOf(workload).flatMap(({ secret, ...connection }) =>
    secret ? [{ ...connection, secret }] : [],
  );
}

function environment(workload: Workload): Record<string, string | number> {
  const { allow, app, connections = [], limits, settings, store } = workload;
  const optional = {
    // The pod then tries code that is not deployed.
    BAILIWICK_DRAFT: workload.isDraft && 1,
    BAILIWICK_PACKAGES_FOLDER: workload.packages?.artifact && packagesPath,
    BAILIWICK_LIMIT_ROWS_PER_SECOND: limits.rowsPerSecond,
    BAILIWICK_LIMIT_STREAM_SECONDS: limits.streamSeconds,
    ...(store?.bucket
      ? bucketVariables(store.bucket)
      : { BAILIWICK_STORE: store && storePath }),
    BAILIWICK_STORED: store?.functions.join(','),
    BAILIWICK_SETTINGS: settings && JSON.stringify(settings),
  };
  return {
    BAILIWICK_TENANT: workload.tenant,
    BAILIWICK_ENVIRONMENT: workload.environment,
    BAILIWICK_APP: app,
    BAILIWICK_LIMIT_SECONDS: limits.seconds,
    ...(limits.rows && { BAILIWICK_LIMIT_ROWS: limits.rows }),
    BAILIWICK_LIMIT_CONCURRENCY: limits.concurrency,
    // Without this variable, every package is allowed.
    ...(allow && { BAILIWICK_PACKAGES: JSON.stringify(allow) }),
    ...Object.fromEntries(
      Object.entries(optional).flatMap(([name, value]) =>
        value ? [[name, value] as const] : [],
      ),
    ),
    ...Object.fromEntries(connections.flatMap(variablesOf)),
  };
}

function bucketVariables(results: ResultsBucket) {
  const { bucket, host, pathStyle, port, prefix, region, tls } = results;
  return {
    BAILIWICK_STORE: `s3://${bucket}/${prefix}`,
    BAILIWICK_STORE_S3: JSON.stringify({ host, port, tls, region, pathStyle }),
    BAILIWICK_STORE_SECRET: bucketSecretPath,
  };
}

function variablesOf({
  host,
  name,
  options = {},
  port,
  secret,
  tls,
}: ConnectionInUse): [string, string][] {
  const variable = `BAILIWICK_CONNECTION_${name
    .toUpperCase()
    .replaceAll('-', '_')}`;
  return [
    [variable, JSON.stringify({ host, port, tls, options })],
    ...(secret
      ? [[`${variable}_SECRET`, secretPath(name)] as [string, string]]
      : []),
  ];
}

function secretPath(connection: string): string {
  return `/connections/${connection}`;
}

// Names of connections can exceed the maximum length of volume names.
function secretVolume(position: number): string {
  return `connection-${position}`;
}
