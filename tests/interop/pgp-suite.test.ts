import { describe, test } from 'vitest';
import { checks } from './pgp-suite.ts';

describe('the OpenPGP engine in this runtime', () => {
  for (const check of checks) test(check.name, () => check.run());
});
