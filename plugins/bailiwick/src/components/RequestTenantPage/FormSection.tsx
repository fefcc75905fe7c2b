import { Paper, Typography, makeStyles } from '@material-ui/core';
import { useId, type ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2.5),
    padding: theme.spacing(3),
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(2) },
  },
}));

const useRowStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2.5, 2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
  },
}));

/** Fields beside one another where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={useRowStyles().root}>{children}</div>;
}

/** A part of the form under a heading. */
export function FormSection({
  children,
  hint,
  title,
}: {
  children: ReactNode;
  /** One sentence about the whole section. */
  hint?: string;
  title: string;
}) {
  const classes = useStyles();
  const id = useId();
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-labelledby={id}
      className={classes.root}
    >
      <div>
        <Typography variant="h5" component="h2" id={id}>
          {title}
        </Typography>
        {hint && (
          <Typography variant="body2" color="textSecondary">
            {hint}
          </Typography>
        )}
      </div>
      {children}
    </Paper>
  );
}
