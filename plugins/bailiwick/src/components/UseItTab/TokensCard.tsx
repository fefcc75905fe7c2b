import { InfoCard } from '@backstage/core-components';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { CopyText } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Button,
  makeStyles,
  MenuItem,
  TextField,
  Typography,
} from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { formatExpiry } from './formatExpiry';
import { TokenList } from './TokenList';
import { tokenDays } from './useNewToken';
import type { Tokens } from './useTokens';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2) },
  form: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    alignItems: 'center',
  },
  environment: { minWidth: 160 },
}));

/** All tokens of an app; those with which people read its results are made here. */
export function TokensCard({ app, tokens }: { app: AppView; tokens: Tokens }) {
  const classes = useStyles();
  const { grants, revoke, revoking } = tokens;
  const { issued, make, making } = tokens.reading;
  const [environment, setEnvironment] = useState(
    app.spec.environments[0]?.name ?? '',
  );
  const failure = making.error ?? revoking.error ?? grants.error;
  return (
    <InfoCard title="Tokens">
      <div className={classes.root}>
        <Typography>
          A token is the password with which you read this app; leave the user
          name empty or give your own. It lasts {tokenDays} days and can be
          revoked at any time; git tokens are listed here too.
        </Typography>
        {failure && <Alert severity="error">{failure.message}</Alert>}
        {issued && (
          <Alert severity="success">
            This is your token, good until {formatExpiry(issued.grant)}. Copy it
            now, it is not shown again.
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
        {grants.value && (
          <TokenList
            grants={grants.value}
            isBusy={revoking.loading}
            onRevoke={revoke}
          />
        )}
      </div>
    </InfoCard>
  );
}
