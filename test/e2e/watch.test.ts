import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, folderForTest, type RunningServer, startServer } from './process.js';

const STORIES: Record<string, string> = {
  'ferry.txt': 'The ferry turned back in the storm because a wave had broken its ramp.',
  'bakery.txt': 'The bakery by the harbour sells its last bread at noon on Saturdays.',
  'old/museum.txt': 'The museum shows the bell that was raised from the wreck of the Corvina.',
  'old/tram.txt': 'A new tram line shall run through the old town from June, the council said.',
};

function makeCorpus(): string {
  const corpus = folderForTest();
  mkdirSync(join(corpus, 'old'));
  for (const [name, text] of Object.entries(STORIES)) writeFileSync(join(corpus, name), text);
  return corpus;
}

describe('a server with --watch', () => {
  const eventually = async <T>(look: () => Promise<T>, holds: (value: T) => boolean): Promise<T> => {
    let value = await look();
    for (let tries = 0; !holds(value) && tries < 300; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      value = await look();
    }
    return value;
  };
  const listed = async (server: RunningServer): Promise<string[]> => {
    const { body } = await call<{ documents: { id: string }[] }>(server, 'GET', '/v1/documents?limit=100');
    return body.documents.map(({ id }) => id).sort();
  };

  it('follows its corpus: new, changed, moved and removed files, and waits for half-written ones', async () => {
    const [index, corpus] = [folderForTest(), makeCorpus()];
    const server = await startServer(index, ['--corpus', corpus, '--watch']);
    await eventually(
      () => listed(server),
      (ids) => ids.length === 4,
    );

    writeFileSync(join(corpus, 'owl.txt'), 'An owl has moved into the belfry');
    for (let part = 0; part < 12; part++) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      appendFileSync(join(corpus, 'owl.txt'), `, and part ${part} of the report came`);
      expect(await listed(server)).not.toContain('owl.txt');
    }
    appendFileSync(join(corpus, 'owl.txt'), '.');
    expect(
      await eventually(
        () => listed(server),
        (ids) => ids.includes('owl.txt'),
      ),
    ).toContain('owl.txt');
    const { body } = await call<{ text: string }>(server, 'GET', '/v1/documents/owl.txt');
    expect(body.text).toMatch(/part 11 of the report came\.$/);

    const passageOf = async (id: string): Promise<number | undefined> =>
      (
        await call<{ passages: { id: number }[] }>(
          server,
          'GET',
          `/v1/documents/${encodeURIComponent(id)}/passages`,
        )
      ).body.passages?.[0]?.id;
    const tram = await passageOf('old/tram.txt');
    rmSync(join(corpus, 'bakery.txt'));
    renameSync(join(corpus, 'old', 'tram.txt'), join(corpus, 'tram.txt'));
    const expected = ['ferry.txt', 'old/museum.txt', 'owl.txt', 'tram.txt'];
    expect(
      await eventually(
        () => listed(server),
        (ids) => ids.join() === expected.join(),
      ),
    ).toEqual(expected);
    expect(await passageOf('tram.txt')).toBe(tram);
    expect(await server.stop()).toBe(0);
  });
});
