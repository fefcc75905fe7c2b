import { useApi } from '@backstage/core-plugin-api';
import {
  makeFieldSchema,
  type CustomFieldValidator,
} from '@backstage/plugin-scaffolder-react';
import type { NewApp } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, CircularProgress } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useEffect } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { AppOutcome } from './AppOutcome';
import { useKeptAnswers } from './useKeptAnswers';

/** Value of the field: whether the last preflight found no problem. */
const appPreflightSchema = makeFieldSchema({
  output: z => z.object({ isChecked: z.boolean() }),
  uiOptions: z =>
    z.object({
      archetype: z.object({
        pack: z.string(),
        version: z.string(),
        name: z.string(),
      }),
    }),
});

/** Shows the portal's preflight of the app in the form when the step opens. */
export function AppPreflight({
  formContext,
  onChange,
  uiSchema,
}: typeof appPreflightSchema.TProps) {
  useKeptAnswers(formContext);
  const client = useApi(bailiwickApiRef);
  const answers: Record<string, any> = formContext?.formData ?? {};
  const archetype = uiSchema?.['ui:options']?.archetype;
  const wanted = archetype && wantedApp(answers, archetype);
  const key = JSON.stringify(wanted);
  const checked = useAsyncRetry(
    async () =>
      wanted && client.preflightApp(answers.place?.tenant ?? '', wanted),
    [client, key],
  );
  const isChecked = checked.value?.problems.length === 0;
  const isKnown = !checked.loading;
  useEffect(() => {
    if (isKnown) onChange({ isChecked });
    // The form gives another function with each rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isChecked, isKnown]);
  if (checked.loading) return <CircularProgress aria-label="Checking" />;
  return (
    <Stack>
      {checked.error && (
        <Alert
          severity="error"
          action={
            <Button color="inherit" size="small" onClick={checked.retry}>
              Try again
            </Button>
          }
        >
          {checked.error.message}
        </Alert>
      )}
      {checked.value && wanted && (
        <AppOutcome environment={wanted.environment} outcome={checked.value} />
      )}
    </Stack>
  );
}

/** The app that the steps before describe. */
function wantedApp(
  {
    description,
    name,
    place,
    preflight: _own,
    settings,
    title,
    ...answers
  }: Record<string, any>,
  archetype: NewApp['archetype'],
): NewApp {
  return {
    name: name ?? '',
    title: title ?? '',
    ...(description && { description }),
    archetype,
    answers,
    environment: place?.environment ?? '',
    ...(settings && { settings }),
  };
}

const validation: CustomFieldValidator<typeof appPreflightSchema.TOutput> = (
  value,
  field,
) => {
  if (!value?.isChecked) field.addError('Fix the problems below to continue');
};

/** Field `BailiwickAppPreflight`: predicts the creation of the app; blocks the form while there is a problem. */
export const appPreflightField = {
  name: 'BailiwickAppPreflight',
  component: AppPreflight,
  schema: appPreflightSchema,
  validation,
};
