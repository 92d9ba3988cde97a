import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStories } from '../../src/documents/stories.js';

interface ExpectedStory {
  title: string;
  source: string | null;
  author?: string;
  age?: string;
  publishedAt?: string;
  first: string;
  last: string;
  within?: string[];
}

interface ExpectedPage {
  stories: ExpectedStory[];
  related: string[];
  absent: string[];
}

const folder = new URL('../fixtures/documents/scraped/', import.meta.url);
const wholeFolder = new URL('../fixtures/documents/whole/', import.meta.url);
const pages = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe.each(pages)('the scraped page %s', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const expected = JSON.parse(
    readFileSync(new URL(name.replace('.txt', '.json'), folder), 'utf8'),
  ) as ExpectedPage;
  const page = readStories(text);

  it('has its whole stories, each with its title, source and age', () => {
    const found = page?.stories.map(({ title, source }) => ({ title, source }));
    expect(found).toEqual(expected.stories.map(({ title, source }) => ({ title, source })));
    for (const [i, { age, author, publishedAt }] of expected.stories.entries()) {
      if (age !== undefined) expect(page?.stories[i]?.age).toBe(age);
      if (author !== undefined) expect(page?.stories[i]?.author).toBe(author);
      if (publishedAt !== undefined) expect(page?.stories[i]?.publishedAt).toBe(publishedAt);
    }
  });

  it('gives each story its own text, from the first word to the last', () => {
    for (const [i, { first, last, within = [] }] of expected.stories.entries()) {
      const story = page?.stories[i]?.text ?? '';
      expect(story.slice(0, first.length)).toBe(first);
      expect(story.slice(-last.length)).toBe(last);
      for (const part of within) expect(story).toContain(part);
    }
  });

  it('names what the page calls related', () => {
    expect(page?.related.map(({ title }) => title)).toEqual(expected.related);
  });

  it('has the furniture of the site in no story', () => {
    const all = page?.stories.map(({ title, text: own }) => `${title}\n${own}`).join('\n') ?? '';
    const found = expected.absent.filter((phrase) => all.includes(phrase));
    expect(found).toEqual([]);
  });
});

describe('readStories', () => {
  it.each(readdirSync(wholeFolder))('leaves %s whole', (name) => {
    expect(readStories(readFileSync(new URL(name, wholeFolder), 'utf8'))).toBeNull();
  });

  it('parts a name from the age that is glued to it, also where the name ends in a digit', () => {
    const sourceOf = (line: string) => {
      const body = 'The bridge was closed on Monday after cracks were found in it. '.repeat(6).trim();
      const page = readStories(
        `Bridge closed after cracks found\nBridge closed after cracks found\n${line}\n${body}\nComments\n`,
      );
      return page?.stories.map(({ source, age }) => [source, age]).at(0);
    };
    expect(sourceOf('The Star12 hours ago')).toEqual(['The Star', '12 hours ago']);
    expect(sourceOf('The Staran hour ago')).toEqual(['The Star', 'an hour ago']);
    expect(sourceOf('Channel 412 hours ago')).toEqual(['Channel 4', '12 hours ago']);
    expect(sourceOf('The Staryesterday')).toEqual(['The Star', 'yesterday']);
    expect(sourceOf('theSun3 days ago')).toEqual(['theSun', '3 days ago']);
    expect(sourceOf('malaysiakini · 5h')).toEqual(['malaysiakini', '5h']);
    expect(sourceOf('El Faro · hace 3 horas')).toEqual(['El Faro', 'hace 3 horas']);
  });

  it('has no paragraph in a story that the page does not have', () => {
    const line = fc.constantFrom(
      'Bridge closed after cracks found',
      'Rain ends drought in the north',
      'The Star3 hours ago',
      '  • The Star',
      '',
      'Comments',
      'Related Articles',
      'The bridge was closed on Monday after long cracks were found in the steel of its second span, engineers said.',
      'Short line',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        for (const { text } of readStories(lines.join('\n'))?.stories ?? []) {
          for (const paragraph of text.split('\n')) expect(['', ...lines].join('\n')).toContain(paragraph);
        }
      }),
    );
  });
});
