import { ActionButton } from '../../change/ActionButton';
import type { TenantFacts } from '../facts/TenantFacts';
import { RenewDialog } from './RenewDialog';

/** Lets an owner renew a tenant, or one of its environments. */
export function RenewButton(props: {
  environment?: string;
  facts: TenantFacts;
}) {
  const { environment, facts } = props;
  return (
    <ActionButton
      action="renew"
      facts={facts}
      size="small"
      aria-label={environment && `Renew ${environment}`}
      dialog={onClose => <RenewDialog {...props} onClose={onClose} />}
    >
      Renew
    </ActionButton>
  );
}
