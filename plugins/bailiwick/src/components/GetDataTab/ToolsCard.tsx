import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  ReadableApp,
  ReadableEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { isRelational } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import AssessmentIcon from '@material-ui/icons/Assessment';
import BarChartIcon from '@material-ui/icons/BarChart';
import CodeIcon from '@material-ui/icons/Code';
import DonutLargeIcon from '@material-ui/icons/DonutLarge';
import FunctionsIcon from '@material-ui/icons/Functions';
import GridOnIcon from '@material-ui/icons/GridOn';
import EmojiObjectsIcon from '@material-ui/icons/EmojiObjects';
import KeyboardIcon from '@material-ui/icons/Keyboard';
import TableChartIcon from '@material-ui/icons/TableChart';
import type { ComponentType } from 'react';
import { useState } from 'react';
import { SelectField } from '../SelectField';
import { TabCard } from '../TabCard';
import { NewToken } from './NewToken';
import { ToolSteps } from './ToolSteps';
import { tools } from './tools';
import type { Tokens } from './useTokens';
import { useMe } from '../useMe';

const icons: Record<string, ComponentType> = {
  excel: TableChartIcon,
  powerbi: AssessmentIcon,
  tableau: BarChartIcon,
  qlik: DonutLargeIcon,
  sheets: GridOnIcon,
  python: CodeIcon,
  r: FunctionsIcon,
  agents: EmojiObjectsIcon,
  curl: KeyboardIcon,
};

const useStyles = makeStyles(theme => ({
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(160px, 1fr))',
    gap: theme.spacing(1),
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    },
  },
  tile: { padding: theme.spacing(1.5, 1) },
  label: { flexDirection: 'column', gap: theme.spacing(0.5) },
}));

/** The way to the rows of an app in the tool that a reader chooses. */
export function ToolsCard({
  app,
  environment,
  gateway,
  onEnvironment,
  served,
  tokens,
}: {
  app: ReadableApp;
  /** Environment whose rows are read. */
  environment: ReadableEnvironment;
  /** Address of the gateway. */
  gateway: string;
  onEnvironment: (name: string) => void;
  /** Environments with functions. */
  served: ReadableEnvironment[];
  tokens: Tokens;
}) {
  const classes = useStyles();
  const tables = environment.contract!.functions.filter(({ result }) =>
    isRelational(result),
  );
  const [chosenTable, chooseTable] = useState('');
  const table: ContractFunction | undefined =
    tables.find(({ name }) => name === chosenTable) ?? tables[0];
  const { csv } = app.spec.delivery;
  const offered = tools.filter(({ needsCsv }) => csv || !needsCsv);
  const [chosenTool, chooseTool] = useState(offered[0].id);
  const tool = offered.find(({ id }) => id === chosenTool) ?? offered[0];
  const { value: me } = useMe();
  const { issued } = tokens.reading;
  const covers = issued?.grant.spec;
  // A snippet with a token that is not for it would only fail.
  const token =
    covers?.environment === environment.name &&
    (!table || !covers.functions || covers.functions.includes(table.name))
      ? issued?.token
      : undefined;
  const target = `${app.tenant}/${environment.name}/${app.metadata.name}`;
  return (
    <TabCard title="Get data">
      <Stack>
        <Stack direction="row">
          <SelectField
            label="Environment"
            value={environment.name}
            options={served.map(({ name }) => name)}
            onChange={onEnvironment}
          />
          {tables.length > 1 && (
            <SelectField
              label="Table"
              value={table.name}
              options={tables.map(({ name }) => name)}
              onChange={chooseTable}
            />
          )}
        </Stack>
        {table && (
          <div className={classes.tiles} role="group" aria-label="Tools">
            {offered.map(({ id, title }) => {
              const Icon = icons[id];
              const isChosen = id === tool.id;
              return (
                <Button
                  key={id}
                  className={classes.tile}
                  classes={{ label: classes.label }}
                  variant="outlined"
                  color={isChosen ? 'primary' : 'default'}
                  aria-pressed={isChosen}
                  onClick={() => chooseTool(id)}
                >
                  <Icon />
                  {title}
                </Button>
              );
            })}
          </div>
        )}
        <NewToken
          // Functions and choices belong to one environment.
          key={environment.name}
          app={app}
          client={table ? tool.client : 'api'}
          environment={environment}
          tokens={tokens}
        />
        {table ? (
          <ToolSteps
            app={app}
            environment={environment.name}
            tool={tool}
            source={{
              fn: table,
              address: `${gateway}/v1/${target}/${table.name}`,
              service: `${gateway}/odata/v1/${target}/`,
              // Excel loads nothing else.
              addIn: gateway.startsWith('https://')
                ? `${gateway}/excel/v1/${app.tenant}/manifest.xml`
                : undefined,
              gateway,
              values: environment.contract!.functions.filter(
                ({ result }) => result.kind === 'value',
              ),
              agents: `${gateway}/mcp/${target}`,
              app: app.metadata.name,
              hasCsv: csv,
              user: me?.user.split('/').pop(),
              token,
            }}
          />
        ) : (
          <Typography>
            This app has no tables. Read its functions with the commands below.
          </Typography>
        )}
      </Stack>
    </TabCard>
  );
}
