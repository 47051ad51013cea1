import { go, look } from './pages/screens.ts';
import { expect, test } from './support/launch.ts';

/**
 * The first five minutes: a newcomer sees a seal, a receipt and a verified history before typing
 * anything. Both sample vaults are real, and either can be entered.
 */
test('two sample offices exchange a package, and their history verifies', async ({
  valise: { app, page },
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  await page.getByRole('button', { name: 'Try it with two sample offices' }).click();
  await expect(page.getByText('Done. Every line above was computed in this run.')).toBeVisible({
    timeout: 90_000,
  });
  for (const done of [/^Sealed it as VAL-/, /^Took in \d+ signed receipts/])
    await expect(page.getByText(done).first()).toBeVisible();
  await look(app, page, '30-samples');

  await page.getByRole('button', { name: 'Look around as Amina Diallo' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Amina Diallo');
  await look(app, page, '31-samples-overview');
  await go(page, 'Packages');
  await expect(page.getByRole('row').filter({ hasText: 'Destroyed' })).toBeVisible();
  await page.getByRole('row').filter({ hasText: 'Destroyed' }).dblclick();
  await expect(page.getByRole('heading', { name: 'Custody' })).toBeVisible();
  await look(app, page, '32-samples-package');
  await go(page, 'Cases');
  await look(app, page, '33-samples-cases');
  await go(page, 'History');
  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByText(/entries up to then were recomputed and verified/)).toBeVisible();
  await look(app, page, '34-samples-history');
  expect(errors).toEqual([]);
});
