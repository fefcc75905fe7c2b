import {
  makeFieldSchema,
  type CustomFieldValidator,
} from '@backstage/plugin-scaffolder-react';
import {
  resourceNames,
  resources,
  type ResourceRow,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountToNumber,
  canBuildAs,
  resourceTitle,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { TenantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveContent,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { MenuItem, TextField, Typography } from '@material-ui/core';
import { useEffect } from 'react';
import { formatShare } from '../TenantPage/quota/formatAmount';
import { useKeptAnswers } from './useKeptAnswers';

/** Value of the field: names of a tenant and of one of its environments, and what people call them. */
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
          .map(({ name }) => ({
            tenant: metadata.name,
            title: spec.title,
            environment: name,
            full: exhaustedQuota(status, name),
          })),
      )
  );
}

/** Resources that every app needs, the most general one first. */
const neededByAll = resourceNames
  .filter(name => {
    const { consumer, isOptional }: ResourceRow = resources[name];
    return consumer !== 'volume' && !isOptional;
  })
  .reverse();

/** Returns what is used up in an environment, with numbers; `undefined` while there is room for an app. */
function exhaustedQuota(
  status: TenantView['status'],
  environment: string,
): string | undefined {
  const { limit, used } =
    status?.environments?.find(({ name }) => name === environment) ?? {};
  const what = neededByAll.find(
    resource =>
      limit?.[resource] !== undefined &&
      amountToNumber(used?.[resource] ?? 0) >= amountToNumber(limit[resource]),
  );
  return (
    what &&
    `${resourceTitle(what)} ${formatShare(what, {
      used: amountToNumber(used?.[what] ?? 0),
      limit: amountToNumber(limit![what]),
    })}`
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
        You can't create apps in any tenant. Request a tenant, or ask an owner
        to make you a builder.
      </Typography>
    );
  }
  if (places.every(({ full }) => full)) {
    return (
      <Typography color="error">
        Your environments have no room for another app (
        {places.map(place => `${labelOf(place)}: ${place.full}`).join('; ')}
        ). Delete an app, or request a larger plan.
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
