import { defaultLogLines } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Detail } from '../../viewState/useDetail';
import { ages, tails } from './LogToolbar';
import type { LogChoice } from './useLog';

const defaultTail = String(defaultLogLines);

/** Returns the log selection of an address; invalid values are ignored. */
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
    tail: tails.find(({ value }) => value === tail)?.value ?? defaultTail,
    since: ages.find(({ value }) => value === since)?.value ?? '',
  };
}

/** Returns the address of a log selection, without default values. */
export function writeChoice(choice: LogChoice, search?: string): Detail {
  const { container, environment, pod, previous, since, tail } = choice;
  return {
    part: 'logs',
    environment,
    pod,
    container,
    previous: previous ? 'yes' : undefined,
    tail: tail === defaultTail ? undefined : tail,
    since,
    search,
  };
}
