import { InfoCard } from '@backstage/core-components';
import type { PodView } from '@bailiwick/backstage-plugin-bailiwick-common';
import { RelativeTime } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Button,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@material-ui/core';

/** The pods of an app, each with a way to its log. */
export function PodsCard({
  onLog,
  opened,
  pods,
}: {
  onLog: (pod: string) => void;
  opened?: string;
  pods: PodView[];
}) {
  return (
    <InfoCard title="Pods" noPadding>
      {pods.length === 0 ? (
        <Typography color="textSecondary" style={{ padding: 16 }}>
          Pods run the app's code. There are none at the moment.
        </Typography>
      ) : (
        <TableContainer tabIndex={0} role="region" aria-label="Pods">
          <Table size="small" aria-label="Pods">
            <TableHead>
              <TableRow>
                <TableCell>Pod</TableCell>
                <TableCell>Environment</TableCell>
                <TableCell>State</TableCell>
                <TableCell align="right">Restarts</TableCell>
                <TableCell>Started</TableCell>
                <TableCell>Log</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {pods.map(
                ({
                  environment,
                  name,
                  phase,
                  ready,
                  restarts,
                  startedAt,
                  why,
                }) => (
                  <TableRow key={name}>
                    <TableCell>{name}</TableCell>
                    <TableCell>{environment}</TableCell>
                    <TableCell>{ready ? 'Ready' : why ?? phase}</TableCell>
                    <TableCell align="right">{restarts}</TableCell>
                    <TableCell>
                      <RelativeTime at={startedAt} />
                    </TableCell>
                    <TableCell>
                      <Button
                        size="small"
                        variant="outlined"
                        aria-label={`Show the log of ${name}`}
                        aria-expanded={opened === name}
                        onClick={() => onLog(name)}
                      >
                        Log
                      </Button>
                    </TableCell>
                  </TableRow>
                ),
              )}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </InfoCard>
  );
}
