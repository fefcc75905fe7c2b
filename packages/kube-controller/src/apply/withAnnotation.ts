import type { Desired } from '../client';

/** What is wanted, with one annotation more. */
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
