import { InfoCard } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import { useMemo, useRef, useState } from 'react';
import { TerminalLine } from './TerminalLine';
import { TerminalScreen } from './TerminalScreen';

const useStyles = makeStyles(theme => ({
  // Nothing in it widens the page.
  root: {
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  bar: { display: 'flex', gap: theme.spacing(1), flexWrap: 'wrap' },
}));

/** A terminal in the first container of a pod. */
export function TerminalCard({
  app,
  onClose,
  pod,
}: {
  app: AppView;
  onClose: () => void;
  pod: Pick<PodView, 'environment' | 'name'>;
}) {
  const [turn, setTurn] = useState(1);
  return (
    <OpenTerminal
      key={turn}
      app={app}
      pod={pod}
      onClose={onClose}
      onAgain={() => setTurn(turn + 1)}
    />
  );
}

function OpenTerminal({
  app,
  onAgain,
  onClose,
  pod: { environment, name: pod },
}: {
  app: AppView;
  onAgain: () => void;
  onClose: () => void;
  pod: Pick<PodView, 'environment' | 'name'>;
}) {
  const classes = useStyles();
  const client = useApi(bailiwickApiRef);
  const close = useRef<HTMLButtonElement>(null);
  const [shell, setShell] = useState('');
  const [why, setWhy] = useState('');
  const { tenant } = app;
  const { name } = app.metadata;
  const line = useMemo(
    () =>
      new TerminalLine(
        client.inEnvironment({ tenant, app: name, environment }),
        pod,
      ),
    [client, tenant, name, environment, pod],
  );
  const title = `Terminal in ${pod}`;
  return (
    <InfoCard title={title}>
      <div className={classes.root}>
        <Typography variant="body2" color="textSecondary">
          Tab and Escape go to the program; Shift and Escape lead out of it. It
          ends after 10 minutes without a key. That it was opened is in the
          audit log, what is typed is not.
        </Typography>
        <TerminalScreen
          label={title}
          line={line}
          onShell={setShell}
          onEnd={setWhy}
          onLeave={() => close.current?.focus()}
        />
        <Typography role="status" variant="body2">
          {stateWords(shell, why)}
        </Typography>
        <div className={classes.bar}>
          <Button ref={close} size="small" variant="outlined" onClick={onClose}>
            Close the terminal
          </Button>
          {why && (
            <Button size="small" variant="outlined" onClick={onAgain}>
              Open it again
            </Button>
          )}
        </div>
      </div>
    </InfoCard>
  );
}

function stateWords(shell: string, why: string): string {
  if (why) return `The terminal is closed. ${why}`;
  return shell ? `${shell} runs.` : 'Opening …';
}
