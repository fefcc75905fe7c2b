import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A busy machine renders slowly; missing elements still fail.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);
