import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import type { Grant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Annotation in which `kubectl apply` keeps the whole object, including the omitted fields. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Returns an object in a form that can be applied again: without the fields of the API server and the operator. */
export function restorableManifest(object: KubeObject): object {
  const {
    metadata,
    status: _seen,
    ...rest
  } = object as KubeObject & { status?: unknown };
  const { labels, name, namespace } = metadata;
  const annotations = annotationsOf(metadata);
  return { ...rest, metadata: { name, namespace, labels, annotations } };
}

/** An object as it stood, for the record. */
export function recordedManifest(object: KubeObject): object {
  const { metadata, ...rest } = object;
  const { creationTimestamp, labels, name, namespace } = metadata;
  const annotations = annotationsOf(metadata);
  return {
    ...rest,
    metadata: { name, namespace, creationTimestamp, labels, annotations },
  };
}

/** Returns a grant for the record, without the hash of its token. */
export function recordedGrantManifest(grant: KubeObject): object {
  const { tokenHash: _secret, ...spec } = (grant as Grant).spec;
  return recordedManifest({ ...grant, spec } as KubeObject);
}

function annotationsOf({
  annotations,
}: KubeObject['metadata']): Record<string, string> | undefined {
  if (!annotations) return undefined;
  const { [lastApplied]: _whole, ...others } = annotations;
  return others;
}
