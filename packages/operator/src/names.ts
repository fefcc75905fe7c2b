import {
  annotations,
  group,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Namespace of Bailiwick itself; the gateway calls the apps from there. */
export const systemNamespace = 'bailiwick-system';

/** Namespace of the pods that build packages. */
export const buildsNamespace = 'bailiwick-builds';

/** Name of the operator's own cluster if no Cluster describes it. */
export const ownCluster = 'local';

/** Under this name the API server keeps which fields the operator owns. */
export const fieldManager = 'bailiwick-operator';

/** Field manager of the number of pods where it varies. */
export const scalingManager = 'bailiwick-autoscaling';

/** Annotation with the hash of the desired state. */
export const hashAnnotation = `${group}/desired-hash`;

/** Annotation with the owner of an object. */
export const ownerAnnotation = `${group}/owner`;

/**
 * Annotation on an app that is being deleted: with `true`, the deletion does not wait for all of its objects; the rest
 * remains.
 */
export const forceDeleteAnnotation = `${group}/force-delete`;

/** Annotation on a Job and its pods: name of the run of which it is a step. */
export const runAnnotation = annotations.run;

/** Annotation on the account of an app: names of the Secrets that were copied for it. */
export const secretsAnnotation = `${group}/secrets`;

/** Annotation on a volume claim: the user of the node whose files are on the volume. */
export const userAnnotation = `${group}/user`;

/** Annotation on a Deployment: limits between which the operator scales it, such as `1-4`. */
export const replicaRangeAnnotation = `${group}/replica-range`;

/** Label on the Secrets that connections may name, with the value `true`; the operator reads no others. */
export const connectionLabel = `${group}/connection`;

/** Label on a Job that builds packages and on its pod: UID of the Build. */
export const buildLabel = `${group}/build`;

/** Annotation on a Build: tools that its packages are for, instead of an app. */
export const toolsAnnotation = annotations.tools;

/** Label on the namespace of an environment that was protected when it was last seen. */
export const protectedLabel = `${group}/protected`;

/** Annotation on a tenant: the warnings of its end that were given, as JSON. */
export const warningsAnnotation = annotations.endWarnings;
