import type { PackView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  Checkbox,
  FormControl,
  FormControlLabel,
  FormHelperText,
  FormLabel,
} from '@material-ui/core';

/** Chooses the domains that a tenant works in, among the packs of the portal. */
export function DomainsField({
  onChange,
  packs,
  value,
}: {
  onChange: (value: string[]) => void;
  packs: PackView[];
  value: string[];
}) {
  const names = packs.map(({ metadata }) => metadata.name);
  const toggle = (name: string) =>
    onChange(
      names.filter(one =>
        one === name ? !value.includes(one) : value.includes(one),
      ),
    );
  return (
    <FormControl component="fieldset">
      <FormLabel component="legend">Domains</FormLabel>
      {packs.map(({ metadata, spec }) => (
        <FormControlLabel
          key={metadata.name}
          label={spec.title}
          control={
            <Checkbox
              color="primary"
              checked={value.includes(metadata.name)}
              onChange={() => toggle(metadata.name)}
            />
          }
        />
      ))}
      <FormHelperText>
        {packs.length === 0
          ? 'No domain packs are installed'
          : 'Select the domains that your team works in. Templates of other domains stay available.'}
      </FormHelperText>
    </FormControl>
  );
}
