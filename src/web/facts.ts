import type { DocumentFields, Passage } from './answers.js';
import { type Child, element } from './element.js';
import { dayOf, kindOf, languageName } from './wording.js';

/** The known ones of source, date and language, as the parts of a line. */
export function factsOf({ source, publishedAt, language }: DocumentFields): HTMLElement[] {
  return [
    source ? element('span', { class: 'fact' }, source) : null,
    publishedAt
      ? element('time', { class: 'fact', datetime: publishedAt.slice(0, 10) }, dayOf(publishedAt))
      : null,
    language ? element('span', { class: 'fact' }, languageName(language)) : null,
  ].filter((fact) => fact !== null);
}

/** What kind of file a document is from, where its name tells. */
export function kindFact({ id }: Pick<DocumentFields, 'id'>): HTMLElement | null {
  const kind = kindOf(id);
  return kind === null ? null : element('span', { class: 'fact' }, kind);
}

/** A line of facts, or null when there are none. */
export function factLine(...facts: Child[]): HTMLElement | null {
  const known = facts.filter((fact) => fact !== null);
  return known.length === 0 ? null : element('p', { class: 'facts' }, ...known);
}

/** Where in its document a passage stands: `page 3, Results`; null when neither is known. */
export function placeOf({ page, heading }: Pick<Passage, 'page' | 'heading'>): string | null {
  const parts = [page === null ? null : `page ${page}`, heading === null ? null : heading.trim()];
  return parts.filter((part) => part !== null && part !== '').join(', ') || null;
}
