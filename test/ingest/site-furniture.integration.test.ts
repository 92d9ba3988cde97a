import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderForTest } from '../e2e/process.js';
import { sharedIndex } from '../support/app.js';

const SUBJECTS =
  'harbour orchard school railway bakery museum glacier election library theatre stadium market'.split(' ');
const APPEAL =
  'Stories like this one exist because people in the valley pay for them, as little as 4 a month.';

function page(subject: string, number: number): string {
  const story = (part: number): string =>
    `<p>The council spoke about the ${subject} for the ${number + part}th time on Monday, and decided that ${subject} part ${part} will have ${number * 7 + part} new places before the winter comes.</p>`;
  return `<!doctype html><html lang="en"><head><title>The ${subject} gets new places</title></head><body><article>
    <h1>The ${subject} gets new places</h1>${story(1)}${story(2)}<p>${APPEAL.replace('4', String(number + 3))}</p>${story(3)}${story(4)}</article></body></html>`;
}

it('what many pages of a site repeat is left out of all of them, also of those that came before', async () => {
  const { engine } = await sharedIndex();
  const corpus = folderForTest();
  mkdirSync(join(corpus, 'site'));
  const write = (from: number, to: number): void => {
    for (const [i, subject] of SUBJECTS.entries())
      if (i >= from && i < to) writeFileSync(join(corpus, 'site', `${subject}.html`), page(subject, i));
  };
  const ingest = async () => (await engine.ingest([corpus])).counts;
  const get = (subject: string) => engine.getDocument(`site/${subject}.html`);

  write(0, 3);
  expect(await ingest()).toMatchObject({ created: 3 });
  expect((await get('harbour')).text).toContain('people in the valley pay');

  write(3, SUBJECTS.length);
  expect(await ingest()).toMatchObject({ created: SUBJECTS.length - 3, updated: 0, unchanged: 3 });
  for (const [i, subject] of SUBJECTS.entries()) {
    const { text, metadata } = await get(subject);
    expect(text).not.toContain('people in the valley pay');
    expect(text.split('\n\n')).toHaveLength(4);
    expect(metadata.left_out).toEqual([APPEAL.replace('4', String(i + 3))]);
  }
  // Read anew, a page is what it was.
  writeFileSync(join(corpus, 'site', 'harbour.html'), `${page('harbour', 0)}\n`);
  expect(await ingest()).toMatchObject({ updated: 0, unchanged: SUBJECTS.length });
});

it('versions of one page are no furniture to one another', async () => {
  const { engine } = await sharedIndex();
  const corpus = folderForTest();
  for (let version = 0; version < 8; version++)
    writeFileSync(
      join(corpus, `v${version}.html`),
      page('harbour', 1).replace(
        '</article>',
        `<p>Corrected for the ${'I'.repeat(version + 1)}st time, said editor number ${'x'.repeat(version + 3)}.</p></article>`,
      ),
    );
  await engine.ingest([corpus]);
  for (let version = 0; version < 8; version++) {
    const { text, versions } = await engine.getDocument(`v${version}.html`);
    expect(text).toContain('harbour part 3');
    expect(versions).toHaveLength(7);
  }
});

it('links that a page calls related lead to the documents of the index', async () => {
  const { engine } = await sharedIndex();
  const corpus = folderForTest();
  const links = `<h3>Related stories</h3><ul><li><a href="https://news.example/orchard?utm_source=box">The orchard gets new places</a></li>
    <li><a href="https://news.example/gone">The windmill that nobody wanted to buy</a></li></ul>`;
  const addressed = (subject: string, number: number): string =>
    page(subject, number).replace(
      '</head>',
      `<link rel="canonical" href="https://news.example/${subject}"></head>`,
    );
  writeFileSync(join(corpus, 'a.html'), addressed('harbour', 1).replace('</article>', `</article>${links}`));
  writeFileSync(join(corpus, 'b.html'), addressed('orchard', 2));
  await engine.ingest([corpus]);
  const { text, metadata } = await engine.getDocument('a.html');
  expect(text).not.toContain('windmill');
  expect(metadata.related_links).toMatchObject([
    { title: 'The orchard gets new places', document: 'b.html' },
    { title: 'The windmill that nobody wanted to buy', document: null },
  ]);
});
