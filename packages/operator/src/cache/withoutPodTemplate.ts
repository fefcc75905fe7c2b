import type { Job } from '@bailiwick/backstage-kube-controller';
import { dropForeignContent } from './dropForeignContent';

/** A Job without what its pods are made from: it cannot change, and only how it ended matters. */
export function withoutPodTemplate(job: Job): Job {
  const { spec, ...rest } = dropForeignContent(job);
  if (!spec) return rest;
  const { activeDeadlineSeconds, suspend, template } = spec;
  return {
    ...rest,
    spec: {
      activeDeadlineSeconds,
      suspend,
      template: { metadata: template?.metadata },
    },
  };
}
