import {
  joinSentences,
  parameterSchemas,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { makeStyles, MenuItem, TextField } from '@material-ui/core';
import { useId } from 'react';

/** Parts of a parameter's JSON Schema that a form uses. */
interface ParameterSchema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  examples?: unknown[];
  format?: string;
  items?: ParameterSchema;
  pattern?: string;
  anyOf?: ParameterSchema[];
}

/** One parameter of a function or custom action. */
export interface ParameterField extends ParameterSchema {
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
export function fieldsOf(schema: Record<string, any>): ParameterField[] {
  const required: string[] = schema.required ?? [];
  return parameterSchemas(schema).map(([name, property]) => ({
    ...withoutNull(property as ParameterSchema),
    name,
    isRequired: required.includes(name),
  }));
}

/** A value that can be left out has the schema of its values. */
function withoutNull(schema: ParameterSchema): ParameterSchema {
  const meant = (schema.anyOf ?? []).filter(({ type }) => type !== 'null');
  return meant.length === 1 ? { ...meant[0], ...schema } : schema;
}

/** Returns the values of the fields; empty fields are omitted. `wrong` names the fields whose texts are no values. */
export function readFields(
  fields: readonly ParameterField[],
  texts: Record<string, string>,
): { parameters: Record<string, unknown>; isValid: boolean; wrong: string[] } {
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
    wrong: read
      .filter(({ value }) => value === broken)
      .map(({ name, title }) => title ?? name),
    isValid: read.every(
      ({ isRequired, value }) =>
        value !== broken && !(isRequired && value === undefined),
    ),
  };
}

function valueOf(schema: ParameterSchema, text: string): unknown {
  const { enum: choices, format, items, pattern, type } = schema;
  if (text === '') return undefined;
  if (choices) return choices.find(choice => String(choice) === text) ?? broken;
  if (format === 'date-time') return new Date(text).toISOString();
  if (type === 'string' && pattern) return matching(text.trim(), pattern);
  if (type === 'string') return text;
  if (type === 'array' && items && isScalar(items)) {
    const values = text
      .split(',')
      .map(part => valueOf(withoutNull(items), part.trim()));
    return values.some(value => value === undefined || value === broken)
      ? broken
      : values;
  }
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

/** Patterns are those of Python; what only Python understands is left to the function. */
function matching(text: string, pattern: string): unknown {
  try {
    return new RegExp(pattern, 'u').test(text) ? text : broken;
  } catch {
    return text;
  }
}

function isScalar(schema: ParameterSchema): boolean {
  return ['boolean', 'integer', 'number', 'string'].includes(
    withoutNull(schema).type ?? '',
  );
}

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(240px, 100%), 1fr))',
  },
}));

/** A field for each parameter of a function or custom action. */
export function ParameterFields({
  fields,
  onChange,
  texts,
}: {
  fields: readonly ParameterField[];
  onChange: (texts: Record<string, string>) => void;
  texts: Record<string, string>;
}) {
  const classes = useStyles();
  const id = useId();
  if (fields.length === 0) return null;
  return (
    <div className={classes.root}>
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
    </div>
  );
}

/** What to enter, by type. */
const howTo: Record<string, string> = {
  string: 'Enter a valid value',
  integer: 'Enter a whole number',
  number: 'Enter a number',
  list: 'Enter values, separated by commas',
  json: 'Enter JSON, such as {"a": 1}',
};

function helpOf(field: ParameterField, isBroken: boolean): string {
  const { default: initial, description = '', items, type = '' } = field;
  const isList = type === 'array' && items !== undefined && isScalar(items);
  const [sample] = (isList ? withoutNull(items) : field).examples ?? [];
  if (isBroken) {
    const how = howTo[isList ? 'list' : type] ?? howTo.json;
    return sample === undefined ? how : `${how}, such as ${sample}`;
  }
  const textOf = (value: unknown) =>
    isList || (typeof value === 'string' && value)
      ? [value].flat().join(', ')
      : JSON.stringify(value);
  const hasDefault = initial !== undefined && initial !== null;
  // The browser's own field for dates has another format.
  const hasExample =
    !hasDefault && sample !== undefined && !inputTypes[field.format ?? ''];
  return joinSentences(
    description,
    isList && 'Separate values with commas.',
    hasDefault && `Default: ${textOf(initial)}.`,
    hasExample && `Example: ${textOf(sample)}.`,
  );
}
