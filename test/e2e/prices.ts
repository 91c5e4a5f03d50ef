/** What a person says of money: what the built-in engine costs, and what may be spent. */
import { button, page, typeOver } from './stage.ts';

const link = (name: string) => page.getByRole('link', { name, exact: true });

/** A price of one's own for the engine that is free, so that services need not be asked. It ends in the catalog. */
export async function priceEngine(dollars: string): Promise<void> {
  await link('Catalog').click();
  await typeOver(page.getByLabel('Search models'), 'Built-in');
  await page.getByRole('button', { name: /^Price of Built-in engine/ }).click();
  await typeOver(page.getByLabel('Dollars'), dollars);
  await button('Use').click();
  await page.getByText('your own ×').waitFor();
}

/** An amount in the settings, which are open. */
export async function setAmount(label: string, amount: string): Promise<void> {
  await typeOver(page.getByLabel(label), amount);
  await page.keyboard.press('Enter');
}
