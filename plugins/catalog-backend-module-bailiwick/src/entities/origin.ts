import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
} from '@backstage/catalog-model';

/** Returns the annotations for the origin of an entity, which the catalog requires. */
export function origin(kind: string, name: string): Record<string, string> {
  const location = `bailiwick:${kind}/${name}`;
  return {
    [ANNOTATION_LOCATION]: location,
    [ANNOTATION_ORIGIN_LOCATION]: location,
  };
}
