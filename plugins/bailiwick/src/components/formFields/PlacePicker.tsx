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
  title: string;
  environment: string;
}

function placesIn(tenants: TenantView[]): Place[] {
  return tenants
    .filter(({ myRole }) => mayBuildAs(myRole))
    .flatMap(({ metadata, spec }) =>
      spec.environments
        .filter(environment => !environment.protected)
        .map(({ name }) => ({
          tenant: metadata.name,
          title: spec.title,
          environment: name,
        })),
    );
}

const key = ({ environment, tenant }: Omit<Place, 'title'>) =>
  `${tenant}/${environment}`;

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
  schema,
}: typeof placePickerSchema.TProps & { places: Place[] }) {
  const chosen = formData?.tenant ? key(formData) : '';
  const isThere = places.some(place => key(place) === chosen);
  const choose = ({ environment, tenant }: Place) =>
    onChange({ environment, tenant });
  useEffect(() => {
    if (!isThere && places.length > 0) choose(places[0]);
  });

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
      value={isThere ? chosen : ''}
      helperText={schema.description}
      onChange={({ target }) =>
        choose(places.find(place => key(place) === target.value)!)
      }
    >
      {places.map(place => (
        <MenuItem key={key(place)} value={key(place)}>
          {place.title} · {place.environment}
        </MenuItem>
      ))}
    </TextField>
  );
}
