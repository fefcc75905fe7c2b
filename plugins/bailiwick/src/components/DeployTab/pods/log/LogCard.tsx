import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  PodView,
  WorkView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  LiveMark,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useEffect, useMemo, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { saveFile } from '../../../saveFile';
import { useDetail } from '../../viewState/useDetail';
import { TabCard } from '../../../TabCard';
import { fileOf, findLines, formatJsonLine, nextOf } from './logLine';
import { readChoice, writeChoice } from './logChoice';
import { LogLines, type Hit } from './LogLines';
import { LogSearch } from './LogSearch';
import { LogToolbar, type LogPod } from './LogToolbar';
import { useLog } from './useLog';

/** The log of a pod, or of all pods of an app in an environment as one; which, is in the address. */
export function LogCard({
  app,
  environment,
  pods,
  runs = [],
}: {
  app: AppView;
  environment: string;
  pods: PodView[];
  /** Those that run steps. */
  runs?: WorkView['pods'];
}) {
  const { detail, turnTo } = useDetail();
  const [follow, setFollow] = useState(true);
  const choice = readChoice(detail, environment, follow);
  const { pod } = choice;
  const { search: searched = '' } = detail;
  const [look, setLook] = useState({ hasTimes: false, isJson: true });
  const [hit, setHit] = useState<Hit>();
  const { error, live, log, readAll } = useLog(app, choice);
  const dropped = log?.dropped ?? 0;
  const asked = JSON.stringify(choice);
  // The lines of another log are counted from the beginning.
  useEffect(() => setHit(undefined), [asked]);
  const lines = useMemo(
    () =>
      (log?.lines ?? []).map(line => ({
        ...line,
        words: look.isJson ? formatJsonLine(line.text) : line.text,
      })),
    [log, look.isJson],
  );
  const texts = useMemo(() => lines.map(({ words }) => words), [lines]);
  const found = useMemo(() => findLines(texts, searched), [texts, searched]);
  const at = found.findIndex(position => dropped + position === hit?.line);
  const goTo = (position?: number) =>
    setHit(position === undefined ? undefined : { line: dropped + position });
  const [saved, save] = useAsyncFn(async () => {
    const all = await readAll();
    const { metadata } = app;
    const name = pod || `${metadata.name}-${environment}`;
    saveFile(
      new Blob([fileOf(all.lines)], { type: 'text/plain' }),
      `${name}.log`,
    );
  }, [readAll, app, environment, pod]);
  const title = pod ? `Log of ${pod}` : `Log of all pods in ${environment}`;
  // After it was read, the mark shows that it is not the newest.
  const failure = (!log && error) || saved.error;
  return (
    <TabCard title={title}>
      <Stack>
        <LogToolbar
          choice={choice}
          environments={app.spec.environments.map(({ name }) => name)}
          look={look}
          onChoose={chosen => {
            setFollow(chosen.follow);
            turnTo(writeChoice(chosen, searched));
          }}
          onLook={setLook}
          pods={[...pods, ...runs.map(asLogPod)]}
        />
        <Stack direction="row" spacing={1}>
          <LogSearch
            at={at < 0 ? undefined : at}
            count={found.length}
            text={searched}
            onMove={by => goTo(nextOf(found, by, hit && hit.line - dropped))}
            onSearch={text => {
              turnTo(writeChoice(choice, text));
              goTo(findLines(texts, text)[0]);
            }}
          />
          <span style={{ flex: 1 }} />
          {live && <LiveMark live={live} />}
          <Button
            size="small"
            variant="outlined"
            disabled={saved.loading}
            onClick={save}
          >
            Download
          </Button>
        </Stack>
        {failure && (
          <Alert severity="error">
            Can’t read the log: {withFullStop(failure.message)} The app itself
            is not affected.
          </Alert>
        )}
        <Typography variant="body2" color="textSecondary" role="status">
          {[
            !pod && !pods.some(one => one.environment === environment)
              ? `No pods are running in ${environment}. Logs are deleted with their pods.`
              : describeLines(choice.previous, log),
            ...(log?.notes ?? []),
          ].join(' ')}
        </Typography>
        <LogLines
          label={title}
          lines={lines}
          dropped={dropped}
          hasPods={!pod}
          hasTimes={look.hasTimes}
          searched={searched}
          hit={hit}
        />
      </Stack>
    </TabCard>
  );
}

/** A pod of a step has one container, and no run before. */
function asLogPod({ environment, name }: WorkView['pods'][number]): LogPod {
  return { environment, name, containers: [], restarts: 0 };
}

function describeLines(
  previous: boolean,
  log?: { lines: unknown[]; dropped: number },
): string {
  if (!log) return 'Loading the log…';
  const { dropped, lines } = log;
  if (lines.length === 0)
    return previous
      ? 'No log lines from the previous container.'
      : 'No log lines yet.';
  return dropped > 0
    ? `Showing the newest ${lines.length} lines. Older lines were dropped from this view.`
    : `${formatCount(lines.length, 'line')}.`;
}
