import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { AddDialog } from './environments/AddDialog';
import type { TenantFacts } from './facts/TenantFacts';
import { MembersDialog } from './members/MembersDialog';
import { TransferDialog } from './members/TransferDialog';
import { PlanDialog } from './quota/PlanDialog';
import { RenewDialog } from './renew/RenewDialog';
import { editParameter, isEditable, notEditable } from '../resubmit/isEditable';

const dialogs = {
  changePlan: PlanDialog,
  renew: RenewDialog,
  setEnvironments: AddDialog,
  setMembers: MembersDialog,
  transfer: TransferDialog,
};

/** The form of the reader's own pending request that the address names with `?edit=`, filled in with its values. */
export function EditRequest({ facts }: { facts: TenantFacts }) {
  const [params, setParams] = useSearchParams();
  const name = params.get(editParameter);
  // The forms start with the plan's limits.
  if (!name || !facts.plan || !facts.live.requests.value) return null;
  const request = facts.requests.find(({ metadata }) => metadata.name === name);
  const close = () =>
    setParams(before => {
      const after = new URLSearchParams(before);
      after.delete(editParameter);
      return after;
    });
  return (
    <OpenedForm key={name} facts={facts} request={request} onClose={close} />
  );
}

function OpenedForm({
  facts,
  onClose,
  request,
}: {
  facts: TenantFacts;
  onClose: () => void;
  request?: RequestView;
}) {
  // Sending the form withdraws the request, and the form shows the result of the new one.
  const [edited] = useState(() => (isEditable(request) ? request : undefined));
  const Dialog = edited && dialogs[edited.spec.action as keyof typeof dialogs];
  return Dialog ? (
    <Dialog facts={facts} edited={edited} onClose={onClose} />
  ) : (
    <Alert severity="warning" onClose={onClose}>
      {notEditable}
    </Alert>
  );
}
