import { useAddress } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useSearchParams } from 'react-router-dom';

/** Parts below the environments of an app. */
export const parts = [
  'pods',
  'logs',
  'events',
  'metrics',
  'builds',
  'history',
  'settings',
] as const;

export type Part = (typeof parts)[number];

/** Choices within a part; all but the first two belong to logs. */
const choices = [
  'environment',
  'pod',
  'container',
  'previous',
  'tail',
  'since',
  'search',
] as const;

/** Selected part, with its choices. */
export type Detail = { part: Part } & {
  [choice in (typeof choices)[number]]?: string;
};

/** Holds the selected part below the environments of an app; it is in the address, so that it can be shared. */
export function useDetail() {
  const [, setParams] = useSearchParams();
  const [params, change] = useAddress();
  const wanted = params.get('show');
  const detail: Detail = {
    part: parts.find(one => one === wanted) ?? parts[0],
    ...Object.fromEntries(
      choices.map(choice => [choice, params.get(choice) ?? undefined]),
    ),
  };
  return {
    detail,
    /** Selects something else; the browser's back button returns to the previous selection. */
    open: (other: Detail) =>
      setParams(searchOf(other), { state: { hasJumped: true } }),
    /** Looks at something else of the same part, by the same search and order of its table. */
    turnTo: ({ part, ...chosen }: Detail) =>
      change({
        show: part,
        ...Object.fromEntries(choices.map(choice => [choice, chosen[choice]])),
      }),
  };
}

/** Returns the part of an address for a selection. */
export function searchOf({ part, ...chosen }: Detail): URLSearchParams {
  const search = new URLSearchParams({ show: part });
  choices.forEach(choice => {
    const value = chosen[choice];
    if (value) search.set(choice, value);
  });
  return search;
}
