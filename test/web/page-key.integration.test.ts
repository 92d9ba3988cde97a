import { expect, it } from 'vitest';
import { call } from '../e2e/process.js';
import { useApp } from '../support/app.js';
import { openPage, startBrowser } from '../support/browser.js';

const server = useApp();

it('the page asks for a key once there is one, and goes on with it', { tags: ['browser'] }, async () => {
  const document = { id: 'ferry', title: 'Ferry', text: 'The ferry turned back in the storm.' };
  expect((await call(server, 'POST', '/v1/documents', document)).status).toBe(201);
  const key = await server.makeKey({ scope: 'read' });
  const browser = await startBrowser();
  const { page, complaints } = await openPage(browser, { baseURL: server.address });
  await page.goto('/?q=why+did+the+ferry+turn+back');
  await page.getByRole('heading', { name: 'A key is needed' }).waitFor();
  await page.getByLabel('Key', { exact: true }).fill('akin_wrong');
  await page.getByRole('button', { name: 'Use it' }).click();
  // Asked anew, the page has a new field.
  await expect.poll(() => page.getByLabel('Key', { exact: true }).inputValue(), { timeout: 60_000 }).toBe('');
  await page.getByLabel('Key', { exact: true }).fill(key);
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.getByText('The ferry turned back in the storm.').first().waitFor();
  // The browser itself says of each 401 that it could not load something.
  expect(complaints.filter((complaint) => !complaint.includes('401'))).toEqual([]);
  await browser.close();
});
