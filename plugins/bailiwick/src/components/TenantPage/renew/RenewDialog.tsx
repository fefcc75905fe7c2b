import { readProposal } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  Facts,
  formatDate,
  formatDuration,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { TextField } from '@material-ui/core';
import { useState } from 'react';
import { ChangeDialog } from '../../change/ChangeDialog';
import { formatCost } from '../../formatCost';
import type { TenantFacts } from '../facts/TenantFacts';
import { longestEnd } from './longestEnd';

const year = 365 * 86_400_000;

/** Proposes the longest life that the plan allows; one may choose a shorter one. */
export function RenewDialog({
  edited,
  facts,
  onClose,
  ...props
}: {
  /** A request to fill the form in from. */
  edited?: RequestView;
  /** The environment to renew, instead of the tenant. */
  environment?: string;
  facts: TenantFacts;
  onClose: () => void;
}) {
  const { plan, tenant } = facts;
  const [asked] = useState(() => readRenewal(edited));
  const { environment = asked?.environment } = props;
  const [now] = useState(Date.now());
  const latest = plan && longestEnd(plan, now);
  const longest = plan?.spec.maxLifetime;
  const [end, setEnd] = useState(
    asked?.end ?? latest ?? new Date(now + year).toISOString(),
  );
  const what = environment
    ? tenant.spec.environments.find(({ name }) => name === environment)
    : tenant.spec;
  const before = what?.expiresAt;
  const problems: [boolean, string][] = [
    [
      Boolean(before && latest && Date.parse(before) >= Date.parse(latest)),
      'The expiry date is already the latest that the plan allows. Try again later.',
    ],
    [!(Date.parse(end) > now), 'Choose a date in the future.'],
    [
      Boolean(latest && end > latest),
      `Choose ${formatDate(
        latest ?? end,
      )} or earlier: the plan allows no later date.`,
    ],
    [
      Boolean(before && Date.parse(end) <= Date.parse(before)),
      'Choose a date after the current expiry date.',
    ],
  ];
  const problem = problems.find(([applies]) => applies)?.[1];
  return (
    <ChangeDialog
      action="renew"
      edited={edited}
      facts={facts}
      title={`Renew ${environment ?? tenant.spec.title}`}
      initialReason="It is still in use."
      problem={problem}
      proposed={() =>
        environment
          ? { environments: [{ name: environment, expiresAt: end }] }
          : { expiresAt: end }
      }
      onClose={onClose}
    >
      <Facts
        facts={[
          ['Current expiry', before ? formatDate(before) : 'never'],
          ['New expiry', problem ? '–' : formatDate(end)],
          [
            'Cost',
            plan ? formatCost(plan, tenant.spec.environments) : 'unknown',
          ],
        ]}
      />
      <TextField
        id="renew-until"
        type="date"
        label="Until"
        variant="outlined"
        InputLabelProps={{ shrink: true }}
        helperText={
          latest && longest
            ? `The plan allows at most ${formatDuration(
                longest,
              )} from now, ${formatDate(latest)}.`
            : 'The plan has no maximum lifetime.'
        }
        value={end.slice(0, 10)}
        onChange={({ target }) =>
          setEnd(
            target.value === latest?.slice(0, 10)
              ? latest
              : target.value && `${target.value}T00:00:00.000Z`,
          )
        }
      />
    </ChangeDialog>
  );
}

/** Returns the object and the new expiry of a renewal. */
function readRenewal(request?: RequestView) {
  const { proposal } = readProposal('renew', request?.spec.proposed);
  if (!proposal) return undefined;
  const [environment] =
    'environments' in proposal ? proposal.environments ?? [] : [];
  return environment
    ? { environment: environment.name, end: environment.expiresAt }
    : { end: 'expiresAt' in proposal ? proposal.expiresAt : undefined };
}
