import { expect, it } from 'vitest';
import { parseFile } from '../../src/documents/parse.js';

const parse = (text: string) => parseFile(Buffer.from(text), 'talk.txt');

it('joins SubRip cues to paragraphs and marks where each minute begins', async () => {
  const { type, documents } = await parse(
    '1\n00:00:01,000 --> 00:00:02,500\n<i>The river</i>\nhas risen.\n\n2\n00:00:03,000 --> 00:00:05,000\n{\\an8}Two streets\n\n3\n00:01:00,000 --> 00:01:04,000\nare closed.\n',
  );
  expect(type).toBe('subtitles');
  const text = 'The river has risen. Two streets\n\nare closed.';
  expect(documents).toMatchObject([
    {
      text,
      pages: [
        { page: 1, offset: 0 },
        { page: 2, offset: text.indexOf('are closed') },
      ],
      metadata: { unit: 'minute', duration: 64 },
    },
  ]);
});

it('names who speaks in WebVTT, and takes a line that rolls on once', async () => {
  const { documents } = await parse(
    'WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:02.000 align:start\n<v Jane Doe>Is it &amp; will it</v>\n\n00:02.000 --> 00:03.000\n<v Jane Doe>Is it &amp; will it</v>\n<v Jane Doe>rise?</v>\n\n00:03.000 --> 00:04.000\n<v John Roe>Yes.</v>\n',
  );
  expect(documents).toMatchObject([{ text: 'Jane Doe: Is it & will it rise?\n\nJohn Roe: Yes.' }]);
});

it('is DAMAGED_FILE where no cue can be read', async () => {
  await expect(parse('WEBVTT\n\nnothing here')).rejects.toMatchObject({ code: 'DAMAGED_FILE' });
});
