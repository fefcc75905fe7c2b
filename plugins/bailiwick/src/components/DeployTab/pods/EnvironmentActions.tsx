import type {
  AppEnvironment,
  ContractVerb,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  ConfirmDialog,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Button,
  makeStyles,
  Menu,
  MenuItem,
  Typography,
} from '@material-ui/core';
import { useId, useState } from 'react';
import { useDetail } from '../viewState/useDetail';
import { CanaryDialog } from './CanaryDialog';
import { CustomActionDialog } from './CustomActionDialog';
import { describeOperation } from './describeOperation';
import { ScaleDialog } from './ScaleDialog';
import { useEnvironmentClient } from './useEnvironmentClient';
import { useEnvironmentRights } from './useEnvironmentRights';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flex: '1 1 auto',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    alignItems: 'center',
    justifyContent: 'flex-end',
  },
  words: { flex: '1 1 auto', minWidth: 0 },
  // Why it cannot be chosen stays readable.
  refusal: { whiteSpace: 'normal', maxWidth: 320, opacity: '1 !important' },
}));

type Operation = 'canary' | 'restart' | 'scale' | 'suspension' | ContractVerb;

/** Restart, scale, pause and resume an app where its state is shown, and how far that is. */
export function EnvironmentActions({
  app,
  environment,
  pods,
  customActions = [],
}: {
  app: AppView;
  environment: AppEnvironment;
  pods: PodView[];
  /** Custom actions of the app's contract. */
  customActions?: readonly ContractVerb[];
}) {
  const classes = useStyles();
  const menuId = useId();
  const { open } = useDetail();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [opened, setOpened] = useState<Operation>();
  const here = useEnvironmentClient(app, environment.name);
  const { refusal, rights } = useEnvironmentRights(here);
  const choose = (operation: Operation) => {
    setAnchor(undefined);
    setOpened(operation);
  };
  const close = () => setOpened(undefined);
  const { restartedAt, suspended = false } = environment;
  const why = refusal ?? (suspended && 'The app is paused. Resume it first.');
  const { title } = app.spec;
  const isProtected = rights?.protected ?? false;
  return (
    <div className={classes.root}>
      <Typography
        className={classes.words}
        variant="body2"
        color="textSecondary"
        component="div"
      >
        <span role="status">{describeOperation(environment, pods)}</span>{' '}
        {restartedAt && (
          <>
            Last restarted <RelativeTime at={restartedAt} />.
          </>
        )}
      </Typography>
      <Button
        size="small"
        variant="outlined"
        aria-label={`Log of ${environment.name}`}
        onClick={() => open({ part: 'logs', environment: environment.name })}
      >
        Log
      </Button>
      <Button
        size="small"
        variant="outlined"
        aria-haspopup="menu"
        aria-controls={anchor && menuId}
        aria-label={`Actions in ${environment.name}`}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        Actions
      </Button>
      <Menu
        id={menuId}
        open={anchor !== undefined}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
      >
        {customActions.map(action => (
          <MenuItem
            key={action.name}
            disabled={refusal !== undefined || suspended}
            onClick={() => choose(action)}
          >
            {action.title ?? action.name}…
          </MenuItem>
        ))}
        <MenuItem
          disabled={refusal !== undefined || suspended}
          onClick={() => choose('restart')}
        >
          Restart
        </MenuItem>
        <MenuItem
          disabled={refusal !== undefined}
          onClick={() => choose('scale')}
        >
          Scale…
        </MenuItem>
        <MenuItem
          disabled={refusal !== undefined}
          onClick={() => choose('canary')}
        >
          Canary releases…
        </MenuItem>
        <MenuItem
          disabled={refusal !== undefined}
          onClick={() => choose('suspension')}
        >
          {suspended ? 'Resume' : 'Pause'}
        </MenuItem>
        {why && (
          <MenuItem disabled className={classes.refusal}>
            <Typography variant="body2" color="textSecondary">
              {why}
            </Typography>
          </MenuItem>
        )}
      </Menu>
      {typeof opened === 'object' && (
        <CustomActionDialog
          title={`${opened.title ?? opened.name}: ${title} in ${
            environment.name
          }`}
          action={opened}
          onRun={parameters => here.act(opened.name, parameters)}
          onClose={close}
        />
      )}
      {opened === 'restart' && (
        <ConfirmDialog
          title={`Restart ${title} in ${environment.name}`}
          confirm="Restart"
          onConfirm={() => here.restart()}
          onClose={close}
        >
          <Typography>
            Pods are replaced one at a time, each after its replacement is
            ready, so calls are not interrupted. An app that consumes messages
            pauses for a few seconds. Code and settings don’t change.
          </Typography>
        </ConfirmDialog>
      )}
      {opened === 'scale' && (
        <ScaleDialog
          environment={environment}
          title={title}
          isProtected={isProtected}
          scale={wanted => here.scale(wanted)}
          onClose={close}
        />
      )}
      {opened === 'canary' && (
        <CanaryDialog
          environment={environment}
          title={title}
          setCanary={wanted => here.setCanary(wanted)}
          onClose={close}
        />
      )}
      {opened === 'suspension' && (
        <ConfirmDialog
          title={`${suspended ? 'Resume' : 'Pause'} ${title} in ${
            environment.name
          }`}
          confirm={suspended ? 'Resume' : 'Pause'}
          typed={!suspended && isProtected ? app.metadata.name : undefined}
          onConfirm={() => here.suspend({ suspended: !suspended })}
          onClose={close}
        >
          <Typography>
            {suspended
              ? 'The same number of pods start again. The app is available within seconds.'
              : 'All pods stop, calls are refused and schedules are paused until someone resumes the app. Code, settings, tokens and results are kept.'}
          </Typography>
        </ConfirmDialog>
      )}
    </div>
  );
}
