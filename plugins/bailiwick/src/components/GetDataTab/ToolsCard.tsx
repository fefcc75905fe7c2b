import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  ReadableApp,
  ReadableEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatList, Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
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
import { useState, type Ref } from 'react';
import { appAddress } from '../AppHeader/dataAddress';
import { SelectField } from '../SelectField';
import { TabCard } from '../TabCard';
import { covers } from './covers';
import { NewToken } from './NewToken';
import { ToolSteps } from './ToolSteps';
import { tools, type Source } from './tools';
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

/** The way to the data of an app in the tool that a reader chooses. */
export function ToolsCard({
  app,
  environment,
  fn,
  gateway,
  given,
  innerRef,
  onEnvironment,
  onFunction,
  query,
  served,
  tokens,
  wrongFields,
}: {
  app: ReadableApp;
  /** Environment that is read. */
  environment: ReadableEnvironment;
  /** Function that is read. */
  fn: ContractFunction;
  /** Address of the gateway. */
  gateway: string;
  /** Values of the function's parameters; absent while they are not valid. */
  given?: Record<string, unknown>;
  /** Receives the tiles. */
  innerRef: Ref<HTMLDivElement>;
  onEnvironment: (name: string) => void;
  onFunction: (name: string) => void;
  /** Query with the values of the function's parameters. */
  query: string;
  /** Environments with functions. */
  served: ReadableEnvironment[];
  tokens: Tokens;
  /** Labels of the function's parameters whose texts in the form are no values. */
  wrongFields: string[];
}) {
  const classes = useStyles();
  const { functions } = environment.contract!;
  const { value: me } = useMe();
  const target = `${app.tenant}/${environment.name}/${app.metadata.name}`;
  const source: Source = {
    fn,
    address: `${appAddress(app, environment, gateway)}/${fn.name}`,
    query,
    service: `${gateway}/odata/v1/${target}/`,
    // Excel loads nothing else.
    addIn: gateway.startsWith('https://')
      ? `${gateway}/excel/v1/${app.tenant}/manifest.xml`
      : undefined,
    gateway,
    values: functions.filter(({ result }) => result.kind === 'value'),
    agents: `${gateway}/mcp/${target}`,
    app: app.metadata.name,
    hasCsv: app.spec.delivery.csv,
    user: me?.user.split('/').pop(),
  };
  const offered = tools.filter(tool => tool.isFor(source));
  const [chosenTool, chooseTool] = useState('');
  const tool = offered.find(({ id }) => id === chosenTool) ?? offered[0];
  // A token can be revoked without those of other tools.
  const issued = tokens.reading.issued.filter(
    ({ grant: { spec } }) =>
      spec.environment === environment.name && spec.client === tool.client,
  );
  const covering = issued.find(({ grant: { spec } }) => covers(spec, fn.name));
  // Without the value, the steps would read other rows than the form asks for.
  const isWrong = wrongFields.length > 0 && !tool.ignoresValues;
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
          {functions.length > 1 && (
            <SelectField
              label="Function"
              value={fn.name}
              options={functions.map(({ name }) => name)}
              onChange={onFunction}
            />
          )}
        </Stack>
        <div
          className={classes.tiles}
          role="group"
          aria-label="Tools"
          ref={innerRef}
          tabIndex={-1}
        >
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
        <NewToken
          // Functions and choices belong to one environment and one tool.
          key={`${environment.name} ${tool.client}`}
          app={app}
          client={tool.client}
          environment={environment}
          fn={fn.name}
          issued={covering ?? issued[0]}
          missing={covering ? undefined : fn.name}
          tokens={tokens}
        />
        {query && app.canCreateToken && !tool.ignoresValues && !isWrong && (
          <Typography variant="body2" color="textSecondary">
            The steps contain your parameter values. Change them under {fn.name}{' '}
            below.
          </Typography>
        )}
        {isWrong ? (
          <Alert severity="warning">
            Wrong parameter values under {fn.name}: {formatList(wrongFields)}.
            Correct them to see the steps.
          </Alert>
        ) : (
          <ToolSteps
            app={app}
            environment={environment.name}
            given={given}
            tool={tool}
            // A snippet with a token that is not for it would only fail.
            source={{ ...source, token: covering?.token }}
          />
        )}
      </Stack>
    </TabCard>
  );
}
