import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { useEffect, useRef } from 'react';
import { TenantOutcome } from '../TenantOutcome';
import { AboutStep } from './AboutStep';
import { PeopleStep } from './PeopleStep';
import { PlanStep } from './PlanStep';
import { StepBar } from './StepBar';
import type { StepProps } from './StepProps';
import { lastTitle, steps, invalidFields } from './steps';

const useStyles = makeStyles({ title: { outline: 'none' } });

/** In the order of {@link steps}. */
const stepContents = [AboutStep, PlanStep, PeopleStep];
const titles = [...steps.map(({ title }) => title), lastTitle];

/** One step of the form after the other; the last one shows what will happen and sends it. */
export function TenantWizard({ choices, form }: StepProps) {
  const classes = useStyles();
  const { draft, go, problems, review, send, sending, step } = form;
  const isLast = step === steps.length;
  const broken = steps.findIndex(
    one => invalidFields(one, problems).length > 0,
  );
  const furthest = broken === -1 ? steps.length : broken;
  const open = isLast ? [] : invalidFields(steps[step], problems);
  const failure = sending.error ?? review.error;
  const title = useFocusOnChange(step);
  const Content = stepContents[Math.min(step, steps.length - 1)];
  return (
    <>
      <StepBar titles={titles} current={step} furthest={furthest} onGo={go} />
      <Stack role="region" spacing={3} aria-label={titles[step]}>
        <Typography
          variant="h5"
          component="h2"
          tabIndex={-1}
          ref={title}
          className={classes.title}
        >
          {titles[step]}
        </Typography>
        {isLast ? (
          <TenantOutcome
            name={draft.name}
            spec={form.spec}
            preflight={review.value}
          />
        ) : (
          <Content key={step} form={form} choices={choices} />
        )}
      </Stack>
      {failure && (
        <Alert severity="error">
          <AlertTitle>Request rejected</AlertTitle>
          {failure.message}
        </Alert>
      )}
      <Stack direction="row">
        {step > 0 && <Button onClick={() => go(step - 1)}>Back</Button>}
        {isLast ? (
          <Button
            variant="contained"
            color="primary"
            disabled={sending.loading || Boolean(review.value?.refusal)}
            onClick={send}
          >
            Send request
          </Button>
        ) : (
          <Button
            variant="contained"
            color="primary"
            disabled={review.loading || furthest <= step}
            onClick={() => go(step + 1)}
          >
            {step + 1 === steps.length ? 'Review' : 'Next'}
          </Button>
        )}
        {open.length > 0 && (
          <Typography variant="body2" color="textSecondary">
            To fix: {open.join(', ')}
          </Typography>
        )}
      </Stack>
    </>
  );
}

/** Takes the keyboard, and what reads the screen aloud, to the title of another step. */
function useFocusOnChange(step: number) {
  const title = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current !== step) title.current?.focus();
    shown.current = step;
  }, [step]);
  return title;
}
