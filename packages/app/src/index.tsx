import '@backstage/cli/asset-types';
import '@backstage/ui/css/styles.css';
import '@fontsource-variable/inter';
import './portal.css';
import ReactDOM from 'react-dom/client';
import { app } from './App';

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
