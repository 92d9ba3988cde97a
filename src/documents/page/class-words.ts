import type { DomElement } from '../parsers/dom.js';

/** What a part of a page is, when it is no part of the running text. */
export type FurnitureKind =
  | 'comments'
  | 'related'
  /** Links to what has nothing to do with the page: the most read, the latest. */
  | 'elsewhere'
  | 'sharing'
  | 'promotion'
  | 'author'
  | 'details'
  | 'caption'
  | 'navigation'
  | 'hidden';

const NAMING_ATTRIBUTES = ['class', 'data-testid', 'data-component', 'data-module', 'role'];
/** A longer id is made from a heading: `how-sharing-works-today`. */
const MAX_ID_WORDS = 3;

/** The words by which pages name their parts in classes and ids; the first kind that fits wins. */
const VOCABULARY: [FurnitureKind, RegExp][] = [
  ['hidden', named('sr only|screen reader|visually hidden|visuallyhidden|print only')],
  ['comments', named('comments?|disqus|livefyre|respond|kommentare?|comentarios?|commentaires?')],
  [
    'related',
    named(
      'relateds?|recirc|recirculation|recommend|recommended|recommendations?|suggested|suggestions?|similar',
      'teasers?|seealso|linklist|crosslinks?|readmore|upnext|readnext|up next',
      'more (?:from|on|stories|news|articles|posts|links)|(?:read|see) (?:also|next)|also (?:like|read)|you may',
    ),
  ],
  [
    'elsewhere',
    named(
      'trending|popular|outbrain|taboola|zergnet|mostread|most (?:read|popular|viewed|shared)',
      '(?:latest|top|other|next) (?:news|stories|articles|posts)',
    ),
  ],
  [
    'sharing',
    named('shares?|sharing|sharer|sharebar|sharedaddy|socials?|addthis|addtoany|follow|followus|sns'),
  ],
  [
    'promotion',
    named(
      'newsletters?|subscribe|subscription|subscriptions|signup|sign up|promos?|promotions?|promotional|cta',
      'ads?|adverts?|advertisements?|advertising|advertorial|sponsors?|sponsored|dfp|adsense|adslot|adunit',
      'donate|donations?|paywall|popup|modal|cookies?|gdpr|consent|banner|app download',
    ),
  ],
  ['author', named('authors?|bylines?|bio|contributors?|writers?|autor|autoren|auteur|verfasser')],
  [
    'details',
    named(
      'breadcrumbs?|date|dateline|datetime|timestamp|timestamps|pubdate|published|updated|postdate|publish',
      'meta|postmeta|tags|taglist|tagcloud|categories|keywords|topics|reading time',
    ),
  ],
  ['caption', named('captions?|figcaption|credits?|copyright|photographer|imagecaption')],
  [
    'navigation',
    named('nav|navbar|navigation|menus?|pagination|pager|toolbar|skip|sidebar|footer|masthead|noprint'),
  ],
];

/** The kind of furniture that an element's class, id or role names, or null. */
export function namedKind(element: DomElement): FurnitureKind | null {
  const words = wordsOf(element);
  if (words === '') return null;
  return VOCABULARY.find(([, form]) => form.test(words))?.[0] ?? null;
}

/** The words of an element's names, in lower case with a space between two: `relatedPosts-list` is `related posts list`. */
export function wordsOf(element: DomElement): string {
  const names = NAMING_ATTRIBUTES.map((name) => element.getAttribute(name) ?? '').join(' ');
  const id = wordsIn(element.getAttribute('id') ?? '');
  const isName = id.split(' ').length <= MAX_ID_WORDS && !/^H\d$/i.test(element.nodeName);
  return `${wordsIn(names)} ${isName ? id : ''}`.trim();
}

function wordsIn(names: string): string {
  return names
    .replace(/([\p{Ll}\d])(?=\p{Lu})/gu, '$1 ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

function named(...words: string[]): RegExp {
  return new RegExp(`(?:^| )(?:${words.join('|')})(?: |$)`);
}
