import type { Job } from '@bailiwick/backstage-kube-controller';
import { dropForeignContent } from './dropForeignContent';

/** Drops the immutable pod template of a Job except its metadata. */
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
