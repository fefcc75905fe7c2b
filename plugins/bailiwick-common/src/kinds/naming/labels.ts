/** API group of all kinds. @public */
export const group = 'bailiwick.dev';
/** The one served version. @public */
export const version = 'v1alpha1';
/** `apiVersion` of all kinds. @public */
export const apiVersion = `${group}/${version}`;

/** Label keys on everything the operator and the portal create. @public */
export const labels = {
  managedBy: 'app.kubernetes.io/managed-by',
  name: 'app.kubernetes.io/name',
  tenant: `${group}/tenant`,
  environment: `${group}/environment`,
  app: `${group}/app`,
  commit: `${group}/commit`,
  role: `${group}/role`,
  cordoned: `${group}/cordoned`,
  /** On a version of a domain pack that is kept for apps: name of the pack. */
  versionOf: `${group}/version-of`,
  /** On a Secret: whether it holds the kubeconfig of a cluster, `true`; the operator reads no other as one. */
  kubeconfig: `${group}/kubeconfig`,
  /** On a manifest of the chart: whether a target needs it, `true`. */
  forTargets: `${group}/target`,
  /** On the objects of a workspace: its name. */
  workspace: `${group}/workspace`,
  /** On the namespace of an environment: name of its cluster. */
  cluster: `${group}/cluster`,
} as const;

/** Value of {@link labels.managedBy}. @public */
export const managedBy = 'bailiwick';

/** Annotation keys on Kubernetes objects and catalog entities. @public */
export const annotations = {
  tenant: `${group}/tenant`,
  app: `${group}/app`,
  domain: `${group}/domain`,
  /** On a catalog entity: its cluster. */
  cluster: `${group}/cluster`,
  archetype: `${group}/archetype`,
  /** On a tenant: UID of the request that created it. */
  changeRequest: `${group}/change-request`,
  bundleDigest: `${group}/bundle-digest`,
  /** On a code bundle: digest of the file that declares its packages. */
  packagesDigest: `${group}/packages-digest`,
  /** On a code bundle: whether its Dockerfile extends the runtime, `true`. */
  dockerfile: `${group}/dockerfile`,
  /** On a Job and its pods: name of the run that it is a step of. */
  run: `${group}/run`,
  /** On a build: tools that its packages are for, instead of the app. */
  tools: `${group}/tools`,
  /** On a workspace that was restored from a backup: the UID for which its volume was created. */
  volumeUid: `${group}/volume-uid`,
  /** On a pod: the restart of its environment that it came with. */
  restartedAt: `${group}/restarted-at`,
  cordonReason: `${group}/cordon-reason`,
  /** On an app: the commit of `main` that was published last, also after the app was set back to an earlier one. */
  published: `${group}/published`,
  /** On a grant: address of the portal in which it was created, and whose catalog knows its subject. */
  portal: `${group}/portal`,
  /** On the home namespace of a tenant: names of its protected environments, with commas between. */
  protectedEnvironments: `${group}/protected-environments`,
  /** On a domain pack: digest of the artifact that it was installed from. */
  packDigest: `${group}/pack-digest`,
  /** On a domain pack: results of its contract tests and rows that they returned, as JSON. */
  tested: `${group}/tested`,
  /** On a request: name of the request of the same person that it replaces. */
  replaces: `${group}/replaces`,
  /** On a tenant: the warnings of its end that were given, as JSON. */
  endWarnings: `${group}/end-warnings`,
  /** On the namespace of Bailiwick on a target cluster: `<uid of kube-system of the hub>/<name of the Cluster>`. */
  hub: `${group}/hub`,
} as const;

/** Finalizer for the operator's cleanup before the deletion of an object. @public */
export const finalizer = `${group}/cleanup`;
