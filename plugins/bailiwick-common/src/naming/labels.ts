/** API group of all kinds. */
export const group = 'bailiwick.dev';
/** The one served version. */
export const version = 'v1alpha1';
/** `apiVersion` of all kinds. */
export const apiVersion = `${group}/${version}`;

/** Label keys on everything the operator and the portal create. */
export const labels = {
  managedBy: 'app.kubernetes.io/managed-by',
  name: 'app.kubernetes.io/name',
  tenant: `${group}/tenant`,
  environment: `${group}/environment`,
  app: `${group}/app`,
  commit: `${group}/commit`,
  role: `${group}/role`,
  cordoned: `${group}/cordoned`,
} as const;

/** Value of {@link labels.managedBy}. */
export const managedBy = 'bailiwick';

/** Annotation keys on Kubernetes objects and catalog entities. */
export const annotations = {
  tenant: `${group}/tenant`,
  app: `${group}/app`,
  domain: `${group}/domain`,
  archetype: `${group}/archetype`,
  /** On a tenant: uid of the request by which it was made. */
  changeRequest: `${group}/change-request`,
  bundleDigest: `${group}/bundle-digest`,
  cordonReason: `${group}/cordon-reason`,
  /** On a tenant: the warnings of its end that were given, as JSON. */
  endWarnings: `${group}/end-warnings`,
} as const;

/** Finalizer by which the operator cleans up before an object goes. */
export const finalizer = `${group}/cleanup`;
