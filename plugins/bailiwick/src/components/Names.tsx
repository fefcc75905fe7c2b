import { Fragment } from 'react';
import { Name } from './Name';

/** Lists the names of people and groups. */
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
