import { expect, it } from 'vitest';
import { openPage, startBrowser } from './browser.js';
import { akin, call, folderForTest, startServer } from './process.js';

it('the page asks for a key once there is one, and goes on with it', { tags: ['browser'] }, async () => {
  const index = folderForTest();
  const server = await startServer(index);
  const document = { id: 'ferry', title: 'Ferry', text: 'The ferry turned back in the storm.' };
  expect((await call(server, 'POST', '/v1/documents', document)).status).toBe(201);
  const { stdout } = await akin(['keys', 'create', '--scope', 'read', '--index', index]);
  const browser = await startBrowser();
  const { page, complaints } = await openPage(browser, { baseURL: server.address });
  await page.goto('/?q=why+did+the+ferry+turn+back');
  await page.getByRole('heading', { name: 'A key is needed' }).waitFor();
  await page.getByLabel('Key', { exact: true }).fill('akin_wrong');
  await page.getByRole('button', { name: 'Use it' }).click();
  // Asked anew, the page has a new field.
  await expect.poll(() => page.getByLabel('Key', { exact: true }).inputValue(), { timeout: 60_000 }).toBe('');
  await page.getByLabel('Key', { exact: true }).fill(stdout.trim());
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.getByText('The ferry turned back in the storm.').first().waitFor();
  // The browser itself says of each 401 that it could not load something.
  expect(complaints.filter((complaint) => !complaint.includes('401'))).toEqual([]);
  await browser.close();
  await server.stop();
});
