import { useSearchParams } from 'react-router-dom';

/** What can be looked at below the environments of an app. */
export const parts = ['pods', 'logs', 'events', 'metrics', 'history'] as const;

export type Part = (typeof parts)[number];

/** What is looked at: of an environment, of a pod, where that is a choice. */
export interface Detail {
  part: Part;
  environment?: string;
  pod?: string;
}

/** What is looked at below the environments of an app; it is in the address, so that it can be shared. */
export function useDetail() {
  const [params, setParams] = useSearchParams();
  const wanted = params.get('show');
  const part = parts.find(one => one === wanted) ?? parts[0];
  return {
    detail: {
      part,
      environment: params.get('environment') ?? undefined,
      pod: params.get('pod') ?? undefined,
    },
    /** Looks at something else; the way back leads to what was looked at before. */
    open: (detail: Detail) =>
      setParams(searchOf(detail), { state: { hasJumped: true } }),
    /** Looks at another pod or environment of the same part. */
    turnTo: (detail: Detail) => setParams(searchOf(detail), { replace: true }),
  };
}

/** The part of an address that says what is looked at. */
export function searchOf({ environment, part, pod }: Detail): URLSearchParams {
  const search = new URLSearchParams({ show: part });
  if (environment) search.set('environment', environment);
  if (pod) search.set('pod', pod);
  return search;
}
