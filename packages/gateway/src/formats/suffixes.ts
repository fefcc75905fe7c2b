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

/** @throws NotAcceptableError for the address of a file in a format that the function does not have */
export function requireOffered(
  { fn, format }: Required<SplitName>,
  offers: MediaType[],
): void {
  if (offers.includes(format)) return;
  const suffixes = [...formatsBySuffix]
    .filter(([, offered]) => offers.includes(offered))
    .map(([suffix]) => `.${suffix}`);
  throw new NotAcceptableError(
    `${fn} is not available in this format; available: ${suffixes.join(', ')}`,
    { fields: { suffixes } },
  );
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
