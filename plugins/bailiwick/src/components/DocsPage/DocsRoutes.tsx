import { Route, Routes, useParams } from 'react-router-dom';
import { DocsPage } from './DocsPage';
import { GuidePage } from './GuidePage';

/** The pages below `/docs`. */
export function DocsRoutes() {
  return (
    <Routes>
      <Route path="/" element={<DocsPage />} />
      <Route path="/:guide" element={<OpenedGuide />} />
    </Routes>
  );
}

/** Shows no content of the previous guide while the next one loads. */
function OpenedGuide() {
  const { guide = '' } = useParams();
  return <GuidePage key={guide} name={guide} />;
}
