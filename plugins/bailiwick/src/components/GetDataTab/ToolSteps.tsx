import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { ReadableApp } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { CopyText, Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import { guidePageRouteRef } from '../../routeRefs';
import { saveFile } from '../saveFile';
import { Downloads } from './Downloads';
import { StepPicture } from './StepPicture';
import type { Source, Step, Tool } from './tools';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
    margin: 0,
    paddingLeft: theme.spacing(3),
  },
}));

/** The steps to the rows in one tool, and other ways. */
export function ToolSteps({
  app,
  environment,
  given,
  source,
  tool,
}: {
  app: ReadableApp;
  /** Name of the environment. */
  environment: string;
  /** Values of parameters for files; absent while they are not valid. */
  given?: Record<string, unknown>;
  source: Source;
  tool: Tool;
}) {
  const place = { app, environment, fn: source.fn, given };
  const others = tool.others?.(source) ?? [];
  const toGuide = useRouteRef(guidePageRouteRef);
  return (
    <Stack>
      <Steps
        {...place}
        steps={tool.steps(source)}
        title={`Steps in ${tool.title}`}
      />
      {others.length > 0 && (
        <>
          <Typography variant="subtitle2" component="h3">
            Other ways
          </Typography>
          <Steps
            {...place}
            isUnordered
            steps={others}
            title={`Other ways in ${tool.title}`}
          />
        </>
      )}
      {toGuide && (
        <Typography variant="body2">
          <Link to={`${toGuide({ guide: 'connect' })}#${tool.guidePart}`}>
            Read more in the guide
          </Link>
        </Typography>
      )}
    </Stack>
  );
}

function Steps({
  app,
  environment,
  fn,
  given,
  isUnordered,
  steps,
  title,
}: {
  app: ReadableApp;
  environment: string;
  fn: ContractFunction;
  given?: Record<string, unknown>;
  isUnordered?: boolean;
  steps: Step[];
  /** Name of the list. */
  title: string;
}) {
  const classes = useStyles();
  const List = isUnordered ? 'ul' : 'ol';
  return (
    <List className={classes.list} aria-label={title}>
      {steps.map(({ copy, download, file, link, picture, text }) => (
        <Typography component="li" variant="body2" key={text}>
          <Stack spacing={1}>
            <span>{text}</span>
            {copy && <CopyText label={copy.label} text={copy.text} />}
            {picture && <StepPicture picture={picture} />}
            {file && (
              <div>
                <Button
                  size="small"
                  variant="outlined"
                  onClick={() =>
                    saveFile(
                      new Blob([file.content], { type: file.type }),
                      file.name,
                    )
                  }
                >
                  {file.label}
                </Button>
              </div>
            )}
            {download && (
              <Downloads
                app={app}
                environment={environment}
                fn={fn}
                given={given}
                only={download}
              />
            )}
            {link && (
              <div>
                <LinkButton size="small" variant="outlined" to={link.to}>
                  {link.label}
                </LinkButton>
              </div>
            )}
          </Stack>
        </Typography>
      ))}
    </List>
  );
}
