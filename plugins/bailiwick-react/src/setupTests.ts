import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A busy machine renders slowly; what never appears still fails.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);
