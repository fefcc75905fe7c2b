import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A busy machine draws slowly; what never comes still fails.
configure({ asyncUtilTimeout: 5_000 });
jest.setTimeout(30_000);
