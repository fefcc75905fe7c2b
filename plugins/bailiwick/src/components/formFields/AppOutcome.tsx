import { resources } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppPreflightView,
  QuotaAfter,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  DenseListItem,
  Facts,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Accordion,
  AccordionDetails,
  AccordionSummary,
  List,
  makeStyles,
  Typography,
} from '@material-ui/core';
import CheckIcon from '@material-ui/icons/CheckCircleOutline';
import FailedIcon from '@material-ui/icons/ErrorOutline';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import Alert from '@material-ui/lab/Alert';
import { formatUnit } from '../formatLimits';
import { Section } from '../Section';

const useStyles = makeStyles(theme => ({
  code: {
    ...theme.typography.body2,
    fontFamily: 'monospace',
    margin: 0,
    overflow: 'auto',
    maxHeight: 360,
    width: '100%',
  },
}));

/** Returns the title of a part of the quota; pods reserve what their containers request. */
function titleOf({ what }: QuotaAfter): string {
  const { consumer, title } = resources[what];
  return consumer === 'container' ? `${title} reserved` : title;
}

/** Preview of a new app: what is created, the remaining quota, and problems. */
export function AppOutcome({
  environment,
  outcome: { files, object, problems, quota, rules, steps },
}: {
  /** Environment in which the app starts. */
  environment: string;
  outcome: AppPreflightView;
}) {
  // The problems explain refused steps.
  const isAllowed = steps.every(({ refusal }) => !refusal);
  return (
    <>
      {problems.length === 0 ? (
        <Alert severity="success">
          All checks passed. Nothing has been created yet.
        </Alert>
      ) : (
        problems.map(problem => (
          <Alert key={problem} severity="error">
            {problem}
          </Alert>
        ))
      )}
      {isAllowed && (
        <Section title="What happens">
          <Typography variant="body2">
            The portal writes the code, creates a repository for the code, and
            deploys the app to {environment}.
          </Typography>
        </Section>
      )}
      {quota.length > 0 && (
        <Section title="Quota">
          <Facts facts={quota.map(one => [titleOf(one), after(one)])} />
        </Section>
      )}
      {rules.length > 0 && (
        <Section title="Rules of the domain">
          <List dense disablePadding aria-label="Rules of the domain">
            {rules.map(({ holds, message }) => (
              <DenseListItem
                key={message}
                primary={message}
                icon={
                  holds ? (
                    <CheckIcon titleAccess="Passed" color="primary" />
                  ) : (
                    <FailedIcon titleAccess="Violated" color="error" />
                  )
                }
              />
            ))}
          </List>
        </Section>
      )}
      {(files.length > 0 || object) && (
        <Section title="Files">
          <Typography variant="body2" color="textSecondary" gutterBottom>
            New files only
          </Typography>
          {files.map(({ content, path }) => (
            <Text key={path} title={path} text={content} />
          ))}
          {object && <Text title="App definition (YAML)" text={object} />}
        </Section>
      )}
    </>
  );
}

/** Describes usage and need: `2 of 5 used; this app needs 1 more`. */
function after({ fits, limit, more, used, what }: QuotaAfter): string {
  const show = (amount: string) => formatUnit(what, amount);
  const rest = fits ? '' : ', which exceeds the quota';
  return `${show(used)} of ${show(limit)} used; this app needs ${show(
    more,
  )} more${rest}`;
}

/** A text that opens. */
function Text({ text, title }: { text: string; title: string }) {
  const classes = useStyles();
  return (
    <Accordion TransitionProps={{ unmountOnExit: true }}>
      <AccordionSummary expandIcon={<ExpandMoreIcon />}>
        {title}
      </AccordionSummary>
      <AccordionDetails>
        {/* It scrolls, so those without a mouse must be able to reach it. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <pre className={classes.code} tabIndex={0}>
          {text}
        </pre>
      </AccordionDetails>
    </Accordion>
  );
}
