import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import {
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { hashAnnotation } from '../names';

/** Whether the operator created an object; anyone may set the label alone. */
export function isCreatedByOperator({ metadata }: KubeObject): boolean {
  return (
    metadata.labels?.[labels.managedBy] === managedBy &&
    metadata.annotations?.[hashAnnotation] !== undefined
  );
}
