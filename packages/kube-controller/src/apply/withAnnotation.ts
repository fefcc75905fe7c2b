import type { Desired } from '../client';

/** Returns an object with an additional annotation. */
export function withAnnotation(
  desired: Desired,
  name: string,
  value: string,
): Desired {
  const { metadata } = desired;
  return {
    ...desired,
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, [name]: value },
    },
  };
}
