import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button } from '@material-ui/core';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { fleetRouteRef } from '../../routes';
import { OperationDialog } from './pods';

/** Deletes an app everywhere, once its name was typed. */
export function DeleteButton({ app }: { app: AppView }) {
  const client = useApi(bailiwickApiRef);
  const navigate = useNavigate();
  const toApps = useRouteRef(fleetRouteRef);
  const [isOpen, setOpen] = useState(false);
  const { name } = app.metadata;
  const environments = app.spec.environments.map(one => one.name);
  return (
    <>
      <Button size="small" variant="outlined" onClick={() => setOpen(true)}>
        Delete the app
      </Button>
      {isOpen && (
        <OperationDialog
          title={`Delete ${app.spec.title}`}
          words={`Its pods in ${
            environments.join(', ') || 'no environment'
          }, what it kept, its releases, runs and tokens are deleted and do not come back. Its git repository stays.`}
          send="Delete"
          typed={name}
          act={async () => {
            await client.deleteApp(app.tenant, name);
            navigate(toApps());
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
