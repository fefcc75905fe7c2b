import { mayBuildAs } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  Grid,
  makeStyles,
  Paper,
  Step,
  StepContent,
  StepLabel,
  Stepper,
  Typography,
} from '@material-ui/core';
import type { Situation } from './nextStepOf';

const useStyles = makeStyles(theme => ({
  card: { padding: theme.spacing(3) },
  steps: { padding: theme.spacing(2, 0, 0), background: 'none' },
}));

const steps = [
  {
    title: 'Get a tenant for your team',
    text: 'Request a tenant, or ask a tenant owner to add you. Some requests are approved automatically. Track the status here.',
  },
  {
    title: 'Create an app from a template',
    text: 'Pick a template for your domain and fill in a short form. You get a git repository with a typed function that runs.',
  },
  {
    title: 'Share your data',
    text: "Create a token on the app's Use it tab and read rows as JSON or CSV. Push to git to deploy new code.",
  },
];

/** The way from nothing to rows that others read, and how far one has come. */
export function FirstSteps({
  situation: { apps, me, tenants },
}: {
  situation: Situation;
}) {
  const classes = useStyles();
  const belongs = tenants.some(({ myRole }) => myRole);
  const builds = tenants.some(({ myRole }) => mayBuildAs(myRole));
  // Who runs the platform, or only reads, goes another way.
  const isOther = me?.platformEngineer || (belongs && !builds);
  if (isOther || apps.length > 0) return null;
  const current = belongs ? 1 : 0;
  return (
    <Grid item xs={12}>
      <Paper className={classes.card}>
        <Typography variant="h5" component="h2">
          Steps to your first rows
        </Typography>
        <Stepper
          orientation="vertical"
          className={classes.steps}
          activeStep={current}
        >
          {steps.map(({ text, title }, position) => (
            <Step key={title} expanded completed={position < current}>
              <StepLabel>{title}</StepLabel>
              <StepContent>
                <Typography variant="body2" color="textSecondary">
                  {text}
                </Typography>
              </StepContent>
            </Step>
          ))}
        </Stepper>
      </Paper>
    </Grid>
  );
}
