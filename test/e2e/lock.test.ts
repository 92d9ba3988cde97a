import { expect, it } from 'vitest';
import { akin, call, folderForTest, startServer } from './process.js';

it('a second process on one folder is told who holds it, and harms nothing', {
  tags: ['folder'],
}, async () => {
  const index = folderForTest();
  const server = await startServer(index);
  await call(server, 'POST', '/v1/documents', { id: 'a', text: 'The ferry sails at noon.' });
  const second = await akin(['serve', '--index', index, '--port', '0']);
  expect(second.status).toBe(1);
  expect(second.stderr).toContain('INDEX_LOCKED');
  expect(second.stderr).toContain(server.address);
  expect((await call(server, 'GET', '/v1/documents/a')).status).toBe(200);
  await server.stop();
});
