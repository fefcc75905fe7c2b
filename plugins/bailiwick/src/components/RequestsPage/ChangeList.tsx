import { Facts } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Name } from '../Name';
import type { Change } from './changesOf';

const reference = /^(user|group):/;

/** Changes in words, one a line. */
export function ChangeList({ changes }: { changes: Change[] }) {
  if (changes.length === 0)
    return <>No changes: the tenant already matches the request.</>;
  return (
    <Facts
      facts={changes.map(({ field, name = '', words }) => [
        field,
        <>
          {reference.test(name) ? <Name of={name} /> : name}
          {name && ': '}
          {words}
        </>,
      ])}
    />
  );
}
