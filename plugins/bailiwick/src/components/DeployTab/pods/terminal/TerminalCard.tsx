import type {
  AppView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import { useMemo, useRef, useState } from 'react';
import { useEnvironmentClient } from '../useEnvironmentClient';
import { TabCard } from '../../../TabCard';
import { TerminalLine } from './TerminalLine';
import { TerminalScreen } from './TerminalScreen';

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
  const close = useRef<HTMLButtonElement>(null);
  const [shell, setShell] = useState('');
  const [why, setWhy] = useState('');
  const here = useEnvironmentClient(app, environment);
  const line = useMemo(() => new TerminalLine(here, pod), [here, pod]);
  const title = `Terminal in ${pod}`;
  return (
    <TabCard title={title}>
      <Stack spacing={1}>
        <Typography variant="body2" color="textSecondary">
          Tab and Escape go to the shell; press Shift+Escape to leave the
          terminal. The session ends after 10 minutes without input. The audit
          log records that the terminal was opened, not what is typed.
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
        <Stack direction="row" spacing={1}>
          <Button ref={close} size="small" variant="outlined" onClick={onClose}>
            Close terminal
          </Button>
          {why && (
            <Button size="small" variant="outlined" onClick={onAgain}>
              Reconnect
            </Button>
          )}
        </Stack>
      </Stack>
    </TabCard>
  );
}

function stateWords(shell: string, why: string): string {
  if (why) return `Terminal closed. ${why}`;
  return shell ? `Connected to ${shell}.` : 'Opening…';
}
