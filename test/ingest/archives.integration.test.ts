import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { docxOf, wordParagraph, zipOf } from '../documents/archives.js';
import { folderForTest } from '../e2e/process.js';
import { sharedIndex } from '../support/app.js';

it('ingests an archive file by file, and removes with it what is no longer in it', async () => {
  const { engine } = await sharedIndex();
  const folder = folderForTest();
  const archive = join(folder, 'old.zip');
  const ingest = () => engine.ingest([folder]);
  const found = async (query: string): Promise<string[]> => {
    const { hits } = await engine.search({ query });
    return hits.map(({ document }) => document.id);
  };
  const letter = await docxOf(wordParagraph('The mayor of Varn opened the new tram line on Monday.'));
  const mail =
    'From: Jane <j@example.org>\nSubject: Harvest\nMIME-Version: 1.0\n\nThe wheat harvest was the worst in ten years.\n';
  const files = {
    'letters/tram.docx': letter,
    'mail.eml': mail,
    'glacier.txt': 'The glacier above the village lost nine metres of ice this summer.',
  };
  writeFileSync(archive, await zipOf({ ...files, 'photo.jpg': Buffer.from([0xff, 0xd8, 0xff, 0xe0]) }));
  writeFileSync(join(folder, 'plain.txt'), 'The library lends seeds as well as books.');

  expect((await ingest()).errors.map(({ item }) => item)).toEqual(['old.zip/photo.jpg']);
  expect((await found('tram line opened by the mayor'))[0]).toBe('old.zip/letters/tram.docx');
  expect((await found('bad wheat harvest'))[0]).toBe('old.zip/mail.eml');
  expect((await found('ice lost by a glacier'))[0]).toBe('old.zip/glacier.txt');

  writeFileSync(archive, await zipOf({ 'letters/tram.docx': letter, 'mail.eml': mail }));
  expect(await ingest()).toMatchObject({ status: 'succeeded' });
  expect(await found('ice lost by a glacier')).not.toContain('old.zip/glacier.txt');
  expect((await found('bad wheat harvest'))[0]).toBe('old.zip/mail.eml');

  expect(await ingest()).toMatchObject({
    status: 'succeeded',
    counts: { unchanged: 3, done: 2, total: 2 },
  });
});
