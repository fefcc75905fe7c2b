import {
  makeFieldSchema,
  type CustomFieldValidator,
} from '@backstage/plugin-scaffolder-react';
import {
  canBuildAs,
  exhaustedQuota,
  quotaRemedy,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveContent,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { MenuItem, TextField, Typography } from '@material-ui/core';
import { useEffect } from 'react';
import { useKeptAnswers } from './useKeptAnswers';

/** Value of the field: a tenant and one of its environments, with their display names. */
const placePickerSchema = makeFieldSchema({
  output: z =>
    z.object({
      tenant: z.string(),
      environment: z.string(),
      label: z.string().optional(),
    }),
});

interface Place {
  tenant: string;
  title: string;
  environment: string;
  /** Why no app fits; absent where one may fit. */
  full?: string;
}

function placesIn(tenants: TenantView[]): Place[] {
  return (
    tenants
      // The members of a cordoned tenant only read.
      .filter(({ myRole, spec }) => canBuildAs(myRole) && !spec.cordon)
      .flatMap(({ metadata, spec, status }) =>
        spec.environments
          .filter(environment => !environment.protected)
          .map(({ name }) => {
            const { limit = {}, used = {} } =
              status?.environments?.find(one => one.name === name) ?? {};
            return {
              tenant: metadata.name,
              title: spec.title,
              environment: name,
              full: exhaustedQuota({ limit, used }),
            };
          }),
      )
  );
}

const labelOf = ({ environment, title }: Place) => `${title} · ${environment}`;

const key = ({ environment, tenant }: Omit<Place, 'title'>) =>
  `${tenant}/${environment}`;

/** Picks where an app lives; protected environments are reached by promotion only. */
export function PlacePicker(props: typeof placePickerSchema.TProps) {
  useKeptAnswers(props.formContext);
  const tenants = useLiveList<TenantView>('/tenants');
  return (
    <LiveContent live={tenants} what="Your tenants" skeletons={[62]}>
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
  const choose = (place: Place) =>
    onChange({
      environment: place.environment,
      tenant: place.tenant,
      label: labelOf(place),
    });
  useEffect(() => {
    if (isThere) return;
    const free = places.filter(({ full }) => !full);
    const place =
      free.find(({ tenant }) => tenant === formData?.tenant) ?? free[0];
    if (place) choose(place);
  });

  if (places.length === 0) {
    return (
      <Typography color="error">
        You can’t create apps in any tenant. Request a tenant, or ask an owner
        to make you a builder.
      </Typography>
    );
  }
  if (places.every(({ full }) => full)) {
    return (
      <Typography color="error">
        Your environments have no room for another app (
        {places.map(place => `${labelOf(place)}: ${place.full}`).join('; ')}
        ). {quotaRemedy}
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
        <MenuItem
          key={key(place)}
          value={key(place)}
          disabled={place.full !== undefined}
        >
          {labelOf(place)}
          {place.full && ` (full: ${place.full})`}
        </MenuItem>
      ))}
    </TextField>
  );
}

const validation: CustomFieldValidator<typeof placePickerSchema.TOutput> = (
  value,
  field,
) => {
  if (!value?.tenant || !value.environment) {
    field.addError('is required');
  }
};

/** Field `BailiwickPlacePicker`: tenant and environment among those one may use. */
export const placePickerField = {
  name: 'BailiwickPlacePicker',
  component: PlacePicker,
  schema: placePickerSchema,
  validation,
};
