import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import {
  mayBuildAs,
  type TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  LiveContent,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { MenuItem, TextField, Typography } from '@material-ui/core';
import { useEffect } from 'react';

/** Value of the field: names of a tenant and of one of its environments. */
export const placePickerSchema = makeFieldSchema({
  output: z => z.object({ tenant: z.string(), environment: z.string() }),
});

interface Place {
  tenant: string;
  environment: string;
}

function placesIn(tenants: TenantView[]): Place[] {
  return tenants
    .filter(({ myRole }) => mayBuildAs(myRole))
    .flatMap(({ metadata, spec }) =>
      spec.environments
        .filter(environment => !environment.protected)
        .map(({ name }) => ({ tenant: metadata.name, environment: name })),
    );
}

const key = ({ environment, tenant }: Place) => `${tenant}/${environment}`;

/** Picks where an app lives; protected environments are reached by promotion only. */
export function PlacePicker(props: typeof placePickerSchema.TProps) {
  const tenants = useLiveList<TenantView>('/tenants');
  return (
    <LiveContent live={tenants} what="Your tenants">
      {items => <Choice {...props} places={placesIn(items)} />}
    </LiveContent>
  );
}

function Choice({
  formData,
  idSchema,
  onChange,
  places,
  rawErrors = [],
  schema,
}: typeof placePickerSchema.TProps & { places: Place[] }) {
  const [only] = places;
  const chosen = formData?.tenant ? key(formData) : '';
  useEffect(() => {
    if (!chosen && only) onChange(only);
  }, [chosen, only, onChange]);

  if (places.length === 0) {
    return (
      <Typography color="error">
        You may not create apps in any tenant. Request a tenant, or ask an owner
        to make you a builder.
      </Typography>
    );
  }
  return (
    <TextField
      select
      fullWidth
      margin="dense"
      id={idSchema?.$id}
      label={schema.title}
      value={places.some(place => key(place) === chosen) ? chosen : ''}
      error={rawErrors.length > 0}
      helperText={schema.description}
      onChange={({ target }) =>
        onChange(places.find(place => key(place) === target.value))
      }
    >
      {places.map(place => (
        <MenuItem key={key(place)} value={key(place)}>
          {place.tenant} · {place.environment}
        </MenuItem>
      ))}
    </TextField>
  );
}
