import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
} from '@backstage/catalog-model';

/** Where an entity comes from, as annotations that the catalog requires. */
export function origin(kind: string, name: string): Record<string, string> {
  const location = `bailiwick:${kind}/${name}`;
  return {
    [ANNOTATION_LOCATION]: location,
    [ANNOTATION_ORIGIN_LOCATION]: location,
  };
}
