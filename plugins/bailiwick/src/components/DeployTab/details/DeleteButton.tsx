import { alertApiRef, useApi, useRouteRef } from '@backstage/core-plugin-api';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  ConfirmDialog,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { fleetRouteRef } from '../../../routeRefs';

/** Deletes an app everywhere, once its name was typed. */
export function DeleteButton({ app }: { app: AppView }) {
  const client = useApi(bailiwickApiRef);
  const alerts = useApi(alertApiRef);
  const navigate = useNavigate();
  const toApps = useRouteRef(fleetRouteRef);
  const [isOpen, setOpen] = useState(false);
  const { name } = app.metadata;
  const environments = app.spec.environments.map(one => one.name);
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        color="secondary"
        onClick={() => setOpen(true)}
      >
        Delete app
      </Button>
      {isOpen && (
        <ConfirmDialog
          title={`Delete ${app.spec.title}`}
          confirm="Delete"
          typed={name}
          onConfirm={async () => {
            await client.deleteApp(app.tenant, name);
            alerts.post({
              message: `${app.spec.title} was deleted`,
              severity: 'success',
              display: 'transient',
            });
            navigate(toApps());
          }}
          onClose={() => setOpen(false)}
        >
          <Typography>
            This permanently deletes the app with its pods, data, releases, runs
            and tokens
            {environments.length > 0 && ` in ${environments.join(', ')}`}. The
            git repository is kept.
          </Typography>
        </ConfirmDialog>
      )}
    </>
  );
}
