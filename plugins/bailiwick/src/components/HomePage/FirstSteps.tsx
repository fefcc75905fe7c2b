import { canBuildAs } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Button, makeStyles, Paper, Typography } from '@material-ui/core';
import DoneIcon from '@material-ui/icons/Check';
import { useState } from 'react';
import firstRows from './firstRows.webp';
import type { Situation } from './nextStepOf';

const useStyles = makeStyles(theme => ({
  card: { padding: theme.spacing(3) },
  steps: {
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    margin: theme.spacing(2, 0, 0),
    padding: 0,
    listStyle: 'none',
  },
  step: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    alignContent: 'start',
    gap: theme.spacing(0.5, 1.5),
    '& > :last-child': { gridColumn: 2 },
  },
  number: {
    display: 'grid',
    placeContent: 'center',
    width: 24,
    height: 24,
    borderRadius: '50%',
    border: `1px solid ${theme.palette.text.secondary}`,
    color: theme.palette.text.secondary,
    fontSize: 13,
    fontWeight: 600,
  },
  current: {
    borderColor: theme.palette.primary.main,
    background: theme.palette.primary.main,
    color: theme.palette.primary.contrastText,
  },
  title: { fontWeight: 600 },
  toggle: { marginTop: theme.spacing(2) },
  example: {
    display: 'block',
    width: '100%',
    maxWidth: 960,
    height: 'auto',
    marginTop: theme.spacing(1),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
}));

const steps = [
  {
    title: 'Get a tenant',
    text: 'Request one for your team, or ask a tenant owner to add you.',
  },
  {
    title: 'Create an app',
    text: 'Pick a template and fill in a short form. You get a git repository with a running function.',
  },
  {
    title: 'Share your data',
    text: 'Colleagues create their own tokens on the app’s Get data tab and read its rows in Excel, BI tools and programs.',
  },
];

/** The steps from a first sign-in to rows that others read; nothing once the reader has apps, or does not build. */
export function FirstSteps({
  domains,
  situation: { apps, me, tenants },
}: {
  /** Titles of the domains that the portal has templates for. */
  domains?: string;
  situation: Situation;
}) {
  const classes = useStyles();
  const belongs = tenants.some(({ myRole }) => myRole);
  const builds = tenants.some(({ myRole }) => canBuildAs(myRole));
  const isOther = me?.platformEngineer || (belongs && !builds);
  if (isOther || apps.length > 0) return null;
  const current = belongs ? 1 : 0;
  return (
    <Paper className={classes.card}>
      <Typography variant="h5" component="h2">
        Steps to your first rows
      </Typography>
      <Typography variant="body2" color="textSecondary">
        Turn Python functions into live data for your colleagues’ tools.
        {domains && ` Domains: ${domains}.`}
      </Typography>
      <ol className={classes.steps}>
        {steps.map(({ text, title }, position) => (
          <li
            key={title}
            className={classes.step}
            aria-current={position === current ? 'step' : undefined}
          >
            <span
              aria-hidden
              className={`${classes.number} ${
                position === current ? classes.current : ''
              }`}
            >
              {position < current ? (
                <DoneIcon fontSize="inherit" />
              ) : (
                position + 1
              )}
            </span>
            <Typography className={classes.title}>{title}</Typography>
            <Typography variant="body2" color="textSecondary">
              {text}
            </Typography>
          </li>
        ))}
      </ol>
      <Example />
    </Paper>
  );
}

/** An animation of all steps. Readers start it: it moves for longer than five seconds (WCAG 2.2, 2.2.2). */
function Example() {
  const classes = useStyles();
  const [isShown, setIsShown] = useState(false);
  return (
    <>
      <Button
        className={classes.toggle}
        variant="outlined"
        aria-expanded={isShown}
        onClick={() => setIsShown(!isShown)}
      >
        {isShown ? 'Hide example' : 'Show example'}
      </Button>
      {isShown && (
        <img
          className={classes.example}
          src={firstRows}
          width={960}
          height={600}
          alt="Example: Nora requests the tenant Risk lab, picks the template Price feed, fills in its form, and sees a table with prices."
        />
      )}
    </>
  );
}
