import {
  formatsBySuffix,
  type MediaType,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { NotAcceptableError } from '../errors';

/** Name of a function and the format of its address. */
export interface SplitName {
  fn: string;
  /** Absent without a suffix: the `Accept` header decides. */
  format?: MediaType;
}

/**
 * Splits the last part of an address, such as `prices.csv`; names of functions have no dots.
 *
 * @throws NotAcceptableError for an unknown suffix, with the known ones
 */
export function splitSuffix(name: string): SplitName {
  const dot = name.lastIndexOf('.');
  if (dot < 0) return { fn: name };
  const suffix = name.slice(dot + 1).toLowerCase();
  const format = formatsBySuffix.get(suffix);
  if (!format) {
    const known = [...formatsBySuffix.keys()].map(one => `.${one}`);
    throw new NotAcceptableError(
      `There is no format ".${suffix}"; available: ${known.join(', ')}`,
      { fields: { suffixes: known } },
    );
  }
  return { fn: name.slice(0, dot), format };
}
