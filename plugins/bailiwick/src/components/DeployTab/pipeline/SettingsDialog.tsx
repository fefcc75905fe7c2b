import { useApi } from '@backstage/core-plugin-api';
import type { AppEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  ConfirmDialog,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { useState } from 'react';
import { SettingsFields } from './SettingsFields';

/** Changes the settings of an unprotected environment. */
export function SettingsDialog({
  app,
  environment,
  onClose,
  schema,
}: {
  app: AppView;
  environment: AppEnvironment;
  onClose: () => void;
  schema: Record<string, unknown>;
}) {
  const client = useApi(bailiwickApiRef);
  const [values, setValues] = useState(environment.parameters ?? {});
  const { name } = environment;
  return (
    <ConfirmDialog
      title={`Settings of ${app.spec.title} in ${name}`}
      confirm="Save"
      onConfirm={() =>
        client.setSettings(app.tenant, app.metadata.name, name, values)
      }
      onClose={onClose}
    >
      <Typography>
        Empty settings use their defaults. Saving restarts the pods.
      </Typography>
      <SettingsFields schema={schema} values={values} onChange={setValues} />
    </ConfirmDialog>
  );
}
