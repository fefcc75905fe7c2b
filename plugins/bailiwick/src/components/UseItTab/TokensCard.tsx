import { InfoCard } from '@backstage/core-components';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  CopyText,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Button,
  List,
  ListItem,
  ListItemSecondaryAction,
  ListItemText,
  makeStyles,
  MenuItem,
  TextField,
  Typography,
} from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { Name } from '../Name';
import { tokenDays } from './useNewToken';
import { useTokens } from './useTokens';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2) },
  form: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    alignItems: 'center',
  },
  environment: { minWidth: 160 },
  // Backstage cuts the texts of dense lists off.
  text: { whiteSpace: 'normal' },
}));

/** `18 February 2027`, where the reader is. */
function day(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', { dateStyle: 'long' });
}

/** Tokens with which people read the results of an app. */
export function TokensCard({ app }: { app: AppView }) {
  const classes = useStyles();
  const { grants, issued, make, making, revoke, revoking } = useTokens(app);
  const [environment, setEnvironment] = useState(
    app.spec.environments[0]?.name ?? '',
  );
  const failure = making.error ?? revoking.error ?? grants.error;
  const reading = (grants.value ?? [])
    .filter(({ spec }) => spec.client !== 'git')
    .sort((a, b) =>
      (b.metadata.creationTimestamp ?? '').localeCompare(
        a.metadata.creationTimestamp ?? '',
      ),
    );
  return (
    <InfoCard title="Tokens">
      <div className={classes.root}>
        <Typography>
          A token is the password with which you read this app; leave the user
          name empty or give your own. It lasts {tokenDays} days and can be
          revoked at any time.
        </Typography>
        {failure && <Alert severity="error">{failure.message}</Alert>}
        {issued && issued.grant.spec.client !== 'git' && (
          <Alert severity="success">
            This is your token. Copy it now, it is not shown again.
            <CopyText label="the token" text={issued.token} />
          </Alert>
        )}
        <form
          className={classes.form}
          onSubmit={event => {
            event.preventDefault();
            make('api', environment);
          }}
        >
          <TextField
            select
            size="small"
            variant="outlined"
            id="token-environment"
            label="Environment"
            className={classes.environment}
            value={environment}
            onChange={({ target }) => setEnvironment(target.value)}
          >
            {app.spec.environments.map(({ name }) => (
              <MenuItem key={name} value={name}>
                {name}
              </MenuItem>
            ))}
          </TextField>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={making.loading || !environment}
          >
            Make a token
          </Button>
        </form>
        {reading.length === 0 && grants.value && (
          <Typography color="textSecondary">Nobody has a token yet.</Typography>
        )}
        <List dense disablePadding aria-label="Tokens">
          {reading.map(({ metadata, spec, status }) => (
            <ListItem key={metadata.name} disableGutters divider>
              <ListItemText
                className={classes.text}
                primary={
                  <>
                    <Name of={spec.subject} /> · {spec.environment}
                  </>
                }
                secondary={
                  <>
                    {status?.lastUsed ? (
                      <>
                        {status.calls} calls, the last{' '}
                        <RelativeTime at={status.lastUsed} />
                      </>
                    ) : (
                      'never used'
                    )}{' '}
                    · ends {day(spec.expiresAt)} (
                    <RelativeTime at={spec.expiresAt} />)
                  </>
                }
              />
              <ListItemSecondaryAction>
                <Button
                  size="small"
                  disabled={revoking.loading}
                  aria-label={`Revoke the token ${metadata.name}`}
                  onClick={() => revoke(metadata.name)}
                >
                  Revoke
                </Button>
              </ListItemSecondaryAction>
            </ListItem>
          ))}
        </List>
      </div>
    </InfoCard>
  );
}
