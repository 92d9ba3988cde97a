import type { DocumentFields } from '../../types.js';
import { readDate } from '../dates.js';
import { readLanguageTag, readTags, safeMetadata, unknownFields } from '../fields.js';
import { letters } from '../normalise.js';
import type { Paragraph } from '../text-builder.js';
import type { DomElement } from './dom.js';
import { textNamed, textsNamed } from './xml-dom.js';

/** What programs write as a title when nobody gave one. */
const NO_TITLE =
  /^(?:untitled.*|unbenannt.*|title|document\s*\d*|dokument\s*\d*|\P{L}*|.*\.(?:docx?|odt|rtf|dotx?))$/iu;

/** What the properties of an office document say of it: docProps/core.xml of a DOCX, meta.xml of an ODT. */
export function readOfficeFields(properties: DomElement | null): DocumentFields {
  if (!properties) return unknownFields();
  const text = (name: string) => textNamed(properties, name);
  const date = (...names: string[]) => {
    const value = names.map(text).find((each) => each !== null);
    return value ? readDate(value) : null;
  };
  const facts: [string, unknown][] = [
    ['createdAt', date('created', 'creation-date')],
    ['modifiedAt', date('modified', 'date')],
    ['subject', text('subject')],
    ['description', text('description')],
  ];
  return {
    ...unknownFields(),
    title: givenTitle(text('title')),
    author: text('initial-creator') ?? text('creator'),
    language: readLanguageTag(text('language')),
    tags: readTags(
      [...textsNamed(properties, 'keywords'), ...textsNamed(properties, 'keyword')].flatMap(readTags),
    ),
    metadata: safeMetadata(facts.filter(([, value]) => value !== null)),
  };
}

/** A title that somebody gave, or null. */
export function givenTitle(title: string | null): string | null {
  return title !== null && !NO_TITLE.test(title) ? title : null;
}

/** The heading that a text begins with is its title where the properties have none, and then no part of the text. */
export function splitTitle(
  title: string | null,
  blocks: Paragraph[],
): { title: string | null; blocks: Paragraph[] } {
  const [first, ...rest] = blocks;
  if (!first || rest.length === 0) return { title, blocks };
  const isTitle = title === null ? first.isHeading : letters(first.text) === letters(title);
  return isTitle ? { title: title ?? first.text.replace(/\s+/g, ' '), blocks: rest } : { title, blocks };
}
