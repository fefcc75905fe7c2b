import type { Detail } from '../../viewState/useDetail';
import { ages, tails } from './LogToolbar';
import type { LogChoice } from './useLog';

const usualTail = '500';

/** What of a log an address asks for; what it cannot mean is left out. */
export function readChoice(
  { container = '', pod = '', previous, since, tail }: Detail,
  environment: string,
  follow: boolean,
): LogChoice {
  return {
    environment,
    pod,
    container,
    previous: previous === 'yes',
    follow,
    tail: tails.find(({ value }) => value === tail)?.value ?? usualTail,
    since: ages.find(({ value }) => value === since)?.value ?? '',
  };
}

/** What an address says of a choice; what is usual goes without saying. */
export function writeChoice(choice: LogChoice, search?: string): Detail {
  const { container, environment, pod, previous, since, tail } = choice;
  return {
    part: 'logs',
    environment,
    pod,
    container,
    previous: previous ? 'yes' : undefined,
    tail: tail === usualTail ? undefined : tail,
    since,
    search,
  };
}
