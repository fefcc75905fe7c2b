import { Fragment } from 'react';
import { Name } from './Name';

/** What people call several people and groups, one after the other. */
export function Names({ of: entityRefs }: { of: string[] }) {
  return (
    <>
      {entityRefs.map((entityRef, index) => (
        <Fragment key={entityRef}>
          {index > 0 && ', '}
          <Name of={entityRef} />
        </Fragment>
      ))}
    </>
  );
}
