import { describe, expect, it } from 'vitest';
import { call } from '../e2e/process.js';
import { useApp } from '../support/app.js';

describe('a document that takes too long to read', () => {
  // No process starts within that.
  const server = useApp({ own: { settings: { fileTimeoutMs: 1 } } });

  it('is refused with its code, and what to do', async () => {
    const { status, body } = await call(server, 'POST', '/v1/documents', { text: 'The heron stands.' });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      title: "Can't be processed",
      code: 'PARSE_TIMEOUT',
      detail: expect.stringContaining('AKIN_FILE_TIMEOUT_MS'),
    });
  });
});
