import type { FullDocument, Passage } from './answers.js';
import { getPagePicture } from './api.js';
import { element } from './element.js';
import { type PageState, pageHref } from './page-state.js';
import { RequestError } from './request.js';
import { kindOf, titleOf } from './wording.js';

/** A document and the page of it that is shown. */
export interface PageFigureOptions {
  document: FullDocument;
  passages: Passage[];
  state: PageState;
  signal: AbortSignal;
}

/** Whether a document may have pages that can be shown as they were printed. */
export function hasPages({ id }: FullDocument, passages: Passage[]): boolean {
  return kindOf(id) === 'PDF' && passages.some(({ page }) => page !== null);
}

/** The page of a document's PDF that a state shows, as a picture, with ways to those beside it; null where it shows none. */
export function pageFigure({ document, passages, state, signal }: PageFigureOptions): HTMLElement | null {
  const { sheet } = state;
  if (sheet === null || !hasPages(document, passages)) return null;
  const last = Math.max(sheet, ...passages.map(({ page }) => page ?? 0));
  const place = element('div', { class: 'sheet' }, element('p', { class: 'loading' }, 'One moment …'));
  void fill(
    place,
    `Page ${sheet} of ${titleOf(document)}`,
    getPagePicture(document.id, sheet, signal),
    signal,
  );
  return element(
    'figure',
    { class: 'page-figure' },
    element(
      'figcaption',
      {},
      way(state, sheet > 1 ? sheet - 1 : null, '← Page before'),
      element('span', {}, `Page ${sheet}`),
      way(state, sheet < last ? sheet + 1 : null, 'Next page →'),
      element('a', { href: pageHref({ ...state, sheet: null }), class: 'close' }, 'Hide the page'),
    ),
    place,
  );
}

async function fill(
  place: HTMLElement,
  alt: string,
  picture: Promise<Blob>,
  signal: AbortSignal,
): Promise<void> {
  try {
    const address = URL.createObjectURL(await picture);
    const image = element('img', { src: address, alt });
    image.addEventListener('load', () => URL.revokeObjectURL(address));
    place.replaceChildren(image);
  } catch (failure) {
    if (signal.aborted) return;
    const why = failure instanceof RequestError ? failure.message : 'The page could not be shown.';
    place.replaceChildren(element('p', { class: 'quiet', role: 'status' }, why));
  }
}

function way(state: PageState, page: number | null, label: string): HTMLElement {
  return page === null
    ? element('span', {})
    : element('a', { href: pageHref({ ...state, sheet: page }) }, label);
}
