import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { guideRouteRef } from '../../routeRefs';

/** Link to the chapter on workspaces in the guide. */
export function GuideLink({ children }: { children: string }) {
  const toGuide = useRouteRef(guideRouteRef);
  return (
    <Link to={`${toGuide({ guide: 'functions' })}#workspaces`}>{children}</Link>
  );
}
