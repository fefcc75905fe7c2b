import { formatRule } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

type Schema = Record<string, any>;

/** Formats of packs whose texts sort in the order of their values. */
const sorted = ['month'];

/**
 * Returns the reason and remedy if `notBefore` cannot order two parameters; otherwise `undefined`. Answers are compared
 * as numbers, instants or texts; texts such as 9.50 and 10.00 have another order than their values.
 *
 * @param parameters - the one with `notBefore`, and the one that it names, with the constraints of their words
 */
export function unsortedParameters(
  parameters: readonly [Schema, Schema],
): [what: string, remedy: string] | undefined {
  const unsorted = parameters.find(
    ({ format }) => formatRule(format) && !sorted.includes(format),
  );
  if (unsorted)
    return [
      `notBefore cannot compare parameters with format: ${unsorted.format}`,
      'Remove notBefore and compare the values in the function; notBefore compares numbers, dates, instants and months',
    ];
  const [one, other] = parameters.map(({ type }) =>
    type === 'integer' ? 'number' : type,
  );
  return one === other
    ? undefined
    : [
        `notBefore can't compare a ${one} with a ${other}`,
        'Choose a parameter of the same type',
      ];
}
