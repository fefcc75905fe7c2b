import type { Job } from '@bailiwick/backstage-kube-controller';
import { namesOfOthers } from './dropForeignContent';

/** A Job without what its pods are made from: it cannot change, and only how it ended matters. */
export function withoutPods(job: Job): Job {
  const { spec, ...rest } = namesOfOthers(job);
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
