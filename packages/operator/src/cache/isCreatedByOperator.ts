import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import {
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { hashAnnotation } from '../names';

/** Whether the operator made an object; a label alone may be set by anybody for many reasons. */
export function isCreatedByOperator({ metadata }: KubeObject): boolean {
  return (
    metadata.labels?.[labels.managedBy] === managedBy &&
    metadata.annotations?.[hashAnnotation] !== undefined
  );
}
