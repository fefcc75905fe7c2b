import {
  Checkbox,
  FormControlLabel,
  MenuItem,
  TextField,
} from '@material-ui/core';

type Values = Record<string, unknown>;

interface Field {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
}

/** Fields for the settings of an environment, from its JSON Schema; empty fields have their default. */
export function SettingsFields({
  onChange,
  schema,
  values,
}: {
  onChange: (values: Values) => void;
  schema: Record<string, unknown>;
  values: Values;
}) {
  const fields = (schema.properties ?? {}) as Record<string, Field>;
  const set = (name: string, value: unknown) => {
    const { [name]: _before, ...others } = values;
    onChange(value === undefined ? others : { ...others, [name]: value });
  };
  return (
    <>
      {Object.entries(fields).map(([name, field]) =>
        field.type === 'boolean' ? (
          <FormControlLabel
            key={name}
            control={
              <Checkbox
                color="primary"
                checked={(values[name] ?? field.default) === true}
                onChange={(_event, isOn) => set(name, isOn)}
              />
            }
            label={field.title ?? name}
          />
        ) : (
          <TextField
            key={name}
            id={`setting-${name}`}
            label={field.title ?? name}
            helperText={field.description}
            variant="outlined"
            select={field.enum !== undefined}
            type={isNumber(field) ? 'number' : 'text'}
            placeholder={String(field.default ?? '')}
            InputLabelProps={{ shrink: true }}
            value={String(values[name] ?? (field.enum ? field.default : ''))}
            onChange={({ target }) => set(name, read(field, target.value))}
          >
            {field.enum?.map(one => (
              <MenuItem key={String(one)} value={String(one)}>
                {String(one)}
              </MenuItem>
            ))}
          </TextField>
        ),
      )}
    </>
  );
}

function isNumber({ type }: Field): boolean {
  return type === 'number' || type === 'integer';
}

function read(field: Field, text: string): unknown {
  if (text === '') return undefined;
  if (field.enum) return field.enum.find(one => String(one) === text);
  return isNumber(field) ? Number(text) : text;
}
