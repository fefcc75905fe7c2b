import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { MenuItem, TextField } from '@material-ui/core';
import { useId } from 'react';

/** Parts of a parameter's JSON Schema that a form uses. */
interface ParameterSchema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  format?: string;
}

/** One parameter of a custom action. */
export interface CustomActionField extends ParameterSchema {
  name: string;
  isRequired: boolean;
}

/** Marks a text that is not a valid value of its parameter. */
const broken = Symbol('no such value');

const inputTypes: Record<string, string> = {
  date: 'date',
  'date-time': 'datetime-local',
};

/** The parameters of a JSON Schema, in their order. */
export function fieldsOf(schema: Record<string, any>): CustomActionField[] {
  const properties: Record<string, ParameterSchema> = schema.properties ?? {};
  const order: string[] =
    schema['x-bailiwick']?.order ?? Object.keys(properties);
  return order
    .filter(name => Object.hasOwn(properties, name))
    .map(name => ({
      ...properties[name],
      name,
      isRequired: (schema.required ?? []).includes(name),
    }));
}

/** Returns the values of the fields; empty fields are omitted. */
export function readFields(
  fields: readonly CustomActionField[],
  texts: Record<string, string>,
): { parameters: Record<string, unknown>; isValid: boolean } {
  const read = fields.map(field => ({
    ...field,
    value: valueOf(field, texts[field.name] ?? ''),
  }));
  return {
    parameters: Object.fromEntries(
      read
        .filter(({ value }) => value !== undefined && value !== broken)
        .map(({ name, value }) => [name, value]),
    ),
    isValid: read.every(
      ({ isRequired, value }) =>
        value !== broken && !(isRequired && value === undefined),
    ),
  };
}

function valueOf(
  { enum: choices, format, type }: CustomActionField,
  text: string,
): unknown {
  if (text === '') return undefined;
  if (choices) return choices.find(choice => String(choice) === text);
  if (format === 'date-time') return new Date(text).toISOString();
  if (type === 'string') return text;
  try {
    const value = JSON.parse(text);
    const isNumber = typeof value === 'number';
    if (type === 'integer') return Number.isInteger(value) ? value : broken;
    if (type === 'number') return isNumber ? value : broken;
    return value;
  } catch {
    return broken;
  }
}

/** A field for each parameter of a custom action. */
export function CustomActionFields({
  fields,
  onChange,
  texts,
}: {
  fields: readonly CustomActionField[];
  onChange: (texts: Record<string, string>) => void;
  texts: Record<string, string>;
}) {
  const id = useId();
  if (fields.length === 0) return null;
  return (
    <Stack>
      {fields.map(field => {
        const { isRequired, name, title } = field;
        const choices = field.type === 'boolean' ? [true, false] : field.enum;
        const text = texts[name] ?? '';
        const isBroken = valueOf(field, text) === broken;
        const type = inputTypes[field.format ?? ''];
        return (
          <TextField
            key={name}
            id={`${id}-${name}`}
            label={title ?? name}
            required={isRequired}
            variant="outlined"
            select={choices !== undefined}
            type={type}
            InputLabelProps={type ? { shrink: true } : undefined}
            value={text}
            error={isBroken}
            helperText={helpOf(field, isBroken)}
            onChange={({ target }) =>
              onChange({ ...texts, [name]: target.value })
            }
          >
            {choices && !isRequired && <MenuItem value="">–</MenuItem>}
            {choices?.map(choice => (
              <MenuItem key={String(choice)} value={String(choice)}>
                {String(choice)}
              </MenuItem>
            ))}
          </TextField>
        );
      })}
    </Stack>
  );
}

function helpOf(field: CustomActionField, isBroken: boolean): string {
  if (isBroken)
    return ['integer', 'number'].includes(field.type ?? '')
      ? `Enter a ${field.type === 'integer' ? 'whole number' : 'number'}`
      : 'Enter JSON, such as ["a", "b"]';
  const otherwise =
    field.default === undefined
      ? ''
      : ` Default: ${JSON.stringify(field.default)}.`;
  return `${field.description ?? ''}${otherwise}`;
}
