import { LinkButton } from '@backstage/core-components';
import { CopyText, Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import { saveFile } from '../saveFile';
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
export function ToolSteps({ source, tool }: { source: Source; tool: Tool }) {
  const others = tool.others?.(source) ?? [];
  return (
    <Stack>
      <Steps steps={tool.steps(source)} title={`Steps in ${tool.title}`} />
      {others.length > 0 && (
        <>
          <Typography variant="subtitle2" component="h3">
            Other ways
          </Typography>
          <Steps
            isUnordered
            steps={others}
            title={`Other ways in ${tool.title}`}
          />
        </>
      )}
    </Stack>
  );
}

function Steps({
  isUnordered,
  steps,
  title,
}: {
  isUnordered?: boolean;
  steps: Step[];
  /** Name of the list. */
  title: string;
}) {
  const classes = useStyles();
  const List = isUnordered ? 'ul' : 'ol';
  return (
    <List className={classes.list} aria-label={title}>
      {steps.map(({ copy, file, link, text }) => (
        <Typography component="li" variant="body2" key={text}>
          <Stack spacing={1}>
            <span>{text}</span>
            {copy && <CopyText label={copy.label} text={copy.text} />}
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
