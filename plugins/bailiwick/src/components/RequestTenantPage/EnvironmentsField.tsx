import { Checkbox, FormControlLabel, FormGroup } from '@material-ui/core';

/** Chooses environments among the plan's names. */
export function EnvironmentsField({
  names,
  onChange,
  value,
}: {
  names: string[];
  onChange: (value: string[]) => void;
  value: string[];
}) {
  const toggle = (name: string, chosen: boolean) =>
    onChange(
      names.filter(other => (other === name ? chosen : value.includes(other))),
    );
  return (
    <FormGroup row>
      {names.map(name => (
        <FormControlLabel
          key={name}
          label={name}
          control={
            <Checkbox
              color="primary"
              checked={value.includes(name)}
              onChange={(_event, checked) => toggle(name, checked)}
            />
          }
        />
      ))}
    </FormGroup>
  );
}
