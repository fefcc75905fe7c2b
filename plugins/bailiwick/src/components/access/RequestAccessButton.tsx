import { useApi } from '@backstage/core-plugin-api';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { RequestAccessDialog } from './RequestAccessDialog';
import type { AppRef } from './useAppAccess';

/** Requests read access to an app of another tenant; loads the choices when it is pressed. */
export function RequestAccessButton({
  app,
  title,
}: {
  app: AppRef;
  /** Display name of the app. */
  title: string;
}) {
  const client = useApi(bailiwickApiRef);
  const [isOpen, setOpen] = useState(false);
  const [found, open] = useAsyncFn(async () => {
    const { accesses, environments } = await client.getAppAccess(
      app.tenant,
      app.name,
    );
    setOpen(true);
    return environments.filter(
      name => !accesses.some(({ environment }) => environment === name),
    );
  }, [client, app.tenant, app.name]);
  const problem =
    found.error?.message ??
    (found.value?.length === 0
      ? 'You can already read this app in all its environments, or it isn’t deployed yet.'
      : undefined);
  if (problem)
    return (
      <Typography variant="body2" color="textSecondary" role="status">
        {problem}
      </Typography>
    );
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        color="primary"
        aria-busy={found.loading}
        aria-label={`Request access to ${title}`}
        // A disabled button would lose the focus, which the dialog gives back.
        onClick={() => found.loading || open()}
      >
        Request access
      </Button>
      {isOpen && found.value && (
        <RequestAccessDialog
          app={app}
          environments={found.value}
          title={title}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
