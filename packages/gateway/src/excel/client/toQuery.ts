import type { AddInFunction, AddInParameter } from '../AddIn';
import { fromSerial } from './dates';

/** Returns the query of a call, without arguments that were omitted. */
export function toQuery(
  { parameters }: AddInFunction,
  given: unknown[],
): string {
  const query = new URLSearchParams();
  parameters.forEach((parameter, index) => {
    for (const text of toTexts(parameter, given[index]))
      query.append(parameter.name, text);
  });
  return query.toString();
}

/** Empty cells of a range are no values; an empty text is one if the argument must be given. */
function toTexts(parameter: AddInParameter, given: unknown): string[] {
  const { isList, isOptional } = parameter;
  const values = [given].flat(2).map(plainOf);
  const isGiven = (value: unknown) =>
    value !== null &&
    value !== undefined &&
    (value !== '' || !(isList || isOptional));
  return values.filter(isGiven).map(value => toText(value, parameter));
}

/** Cells with a format are objects (https://learn.microsoft.com/javascript/api/excel/excel.doublecellvalue). */
function plainOf(value: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && 'basicValue' in value ? value.basicValue : value;
}

function toText(value: unknown, { date }: AddInParameter): string {
  return date && typeof value === 'number'
    ? fromSerial(value, date)
    : String(value);
}
