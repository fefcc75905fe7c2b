import { Name } from './Name';
import { useMe } from './useMe';

/** Explains an empty page; to people without a group, why they see nothing and who can change that. */
export function EmptyReason({ text }: { text: string }) {
  const { value: me } = useMe();
  if (!me || me.platformEngineer || me.groups.length > 0) return <>{text}</>;
  return (
    <>
      You are signed in as <Name of={me.user} />, and you belong to no group.
      Tenants belong to groups, so there is nothing to show. Ask a platform
      engineer to add you to your team’s group, or a tenant owner to add you as
      a member.
    </>
  );
}
