import type { AddIn, AddInFunction, AddInParameter } from './AddIn';

/** A drop-down of values. */
interface Enum {
  id: string;
  type: 'number' | 'string';
  values: {
    name: string;
    numberValue?: number;
    stringValue?: string;
    tooltip: string;
  }[];
}

/**
 * Returns the metadata of custom functions (https://learn.microsoft.com/office/dev/add-ins/excel/custom-functions-json).
 * Custom data allows numbers with a format, such as dates.
 */
export function metadataOf({ functions }: AddIn): object {
  const enums = new Map<string, Enum>();
  return {
    allowCustomDataForDataTypeAny: true,
    functions: functions.map(fn => describeFunction(fn, enums)),
    enums: [...enums.values()],
  };
}

function describeFunction(
  { description, id, isLive, isMatrix, parameters }: AddInFunction,
  enums: Map<string, Enum>,
): object {
  return {
    id,
    name: id,
    description,
    parameters: parameters.map(one => describeParameter(one, enums)),
    result: isMatrix ? { dimensionality: 'matrix' } : {},
    options: isLive ? { stream: true } : { cancelable: true },
  };
}

function describeParameter(
  { choices, description, isList, isOptional, name, type }: AddInParameter,
  enums: Map<string, Enum>,
): object {
  return {
    name,
    description,
    type,
    ...(choices && { customEnumId: enumOf(name, choices, enums) }),
    ...(isList && { dimensionality: 'matrix' }),
    ...(isOptional && { optional: true }),
  };
}

/** Returns the identifier of a drop-down; equal values share one. */
function enumOf(
  parameter: string,
  choices: NonNullable<AddInParameter['choices']>,
  enums: Map<string, Enum>,
): string {
  const key = JSON.stringify(choices);
  const known = enums.get(key);
  if (known) return known.id;
  const id = `${parameter.replace(/\W/g, '_').toUpperCase()}_${enums.size + 1}`;
  const isNumber = typeof choices[0] === 'number';
  enums.set(key, {
    id,
    type: isNumber ? 'number' : 'string',
    values: choices.map(choice => ({
      name: String(choice),
      ...(isNumber
        ? { numberValue: Number(choice) }
        : { stringValue: String(choice) }),
      tooltip: '',
    })),
  });
  return id;
}
