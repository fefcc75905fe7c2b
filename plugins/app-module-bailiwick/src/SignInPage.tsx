import { UserIdentity } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  type ApiRef,
  type BackstageIdentityApi,
  type ProfileInfoApi,
  type SessionApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Button, makeStyles, Paper, Typography } from '@material-ui/core';
import { Alert } from '@material-ui/lab';
import { useEffect, useRef, useState } from 'react';
import { Mark } from './Mark';

const useStyles = makeStyles(theme => ({
  page: {
    minHeight: '100vh',
    display: 'grid',
    alignContent: 'center',
    justifyItems: 'center',
    gap: theme.spacing(3),
    padding: theme.spacing(3),
    background: theme.palette.background.default,
  },
  brand: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    color: theme.palette.primary.main,
    '& h1': { ...theme.typography.h3, margin: 0 },
    '& h1 > span': { color: theme.palette.text.primary },
  },
  card: {
    display: 'grid',
    gap: theme.spacing(2),
    width: '100%',
    maxWidth: 400,
    padding: theme.spacing(4),
  },
  title: { margin: 0 },
  tagline: { maxWidth: 400, textAlign: 'center' },
}));

/** Properties of {@link BailiwickSignInPage}. @public */
export interface BailiwickSignInPageProps extends SignInPageProps {
  /** API of the identity provider. */
  apiRef: ApiRef<BackstageIdentityApi & ProfileInfoApi & SessionApi>;
  /** Heading, such as the name of the organization. */
  title: string;
  /** One or two sentences below the heading. */
  message: string;
}

/**
 * Sign-in page with the portal's mark and one identity provider. People with a session are signed in at once, others
 * in a pop-up window.
 *
 * @public
 */
export function BailiwickSignInPage({
  apiRef,
  message,
  onSignInSuccess,
  title,
}: BailiwickSignInPageProps) {
  const classes = useStyles();
  const authApi = useApi(apiRef);
  const portal =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Bailiwick';
  const [error, setError] = useState(
    () => new URLSearchParams(window.location.search).get('error') ?? undefined,
  );
  const [isPromptShown, setIsPromptShown] = useState(Boolean(error));
  const hasStarted = useRef(false);

  const signIn = async (options: { optional?: true; instantPopup?: true }) => {
    const session = await authApi.getBackstageIdentity(options);
    if (!session) return false;
    const { identity } = session;
    const profile = await authApi.getProfile();
    onSignInSuccess(UserIdentity.create({ identity, authApi, profile }));
    return true;
  };
  const report = (cause: unknown) => {
    const { message: text, name } = cause as Error;
    // Whoever closes the window needs no explanation.
    if (name !== 'PopupRejectedError') setError(text);
    setIsPromptShown(true);
  };
  useEffect(() => {
    if (error || hasStarted.current) return;
    hasStarted.current = true;
    signIn({ optional: true }).then(isIn => setIsPromptShown(!isIn), report);
  });

  if (!isPromptShown) return null;
  return (
    <main className={classes.page}>
      <div className={classes.brand}>
        <Mark size={36} />
        <h1>
          <span>{portal}</span>
        </h1>
      </div>
      <Paper className={classes.card}>
        <Typography variant="h4" component="h2" className={classes.title}>
          {title}
        </Typography>
        <Typography color="textSecondary">{message}</Typography>
        {error && <Alert severity="error">{error}</Alert>}
        <Button
          color="primary"
          variant="contained"
          size="large"
          onClick={() => {
            setError(undefined);
            signIn({ instantPopup: true }).catch(report);
          }}
        >
          Sign in
        </Button>
      </Paper>
      <Typography color="textSecondary" className={classes.tagline}>
        Turn Python functions into live data for your colleagues&apos; tools.
      </Typography>
    </main>
  );
}
