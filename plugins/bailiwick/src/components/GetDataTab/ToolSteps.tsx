import { LinkButton } from '@backstage/core-components';
import { CopyText, Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import { saveFile } from '../saveFile';
import type { Step } from './tools';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
    margin: 0,
    paddingLeft: theme.spacing(3),
  },
}));

/** The steps to the rows in one tool. */
export function ToolSteps({ steps, title }: { steps: Step[]; title: string }) {
  const classes = useStyles();
  return (
    <ol className={classes.list} aria-label={`Steps in ${title}`}>
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
    </ol>
  );
}
