import { configure } from '@testing-library/react';

// Waiting only ends what hangs: a slow machine fails nothing.
configure({ asyncUtilTimeout: 10_000 });
