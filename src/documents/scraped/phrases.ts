/** What a line of a page says about itself when it is no part of a story. */
export type FurnitureKind = 'related' | 'comments' | 'furniture' | 'promotion';

const MAX_PROMOTION_LENGTH = 320;
const MAX_LABEL_LENGTH = 90;

const RELATED = wholeLine([
  'related(?: (?:articles?|stories|story|news|posts?|content|topics?|links?|coverage|reading|items?))?',
  'more (?:stories|news|articles?|headlines|coverage|like this|to read|reading|to explore|related .{1,30})(?: (?:for you|from .{1,40}|like this))?',
  "more (?:from|in|on|about) (?:the |this )?[\\p{L}\\p{N}&.'’ ]{1,40}",
  '(?:stories )?you (?:may|might)(?: also| have)? (?:like|enjoy|missed|be interested in|want to read)',
  'recommended(?: (?:for you|stories|reading|articles|reads|news))?',
  '(?:our|today.?s|editor.?s.?) (?:picks?|recommendations|choice)',
  '(?:read|up|what to read|story up) next',
  '(?:also|others?) (?:read|reading|in the news|on (?:this site|our site)|stories)',
  '(?:people|others|readers) (?:are )?also (?:read|reading|viewed|liked)',
  '(?:most|the most) (?:read|popular|viewed|shared|commented)(?: stories)?',
  '(?:trending|popular)(?: (?:now|stories|news|articles|topics|today))?',
  '(?:top|latest|breaking|other|similar|featured|further|suggested|recent)(?: \\p{L}+)? (?:stories|news|articles|headlines|reading|posts|reads)',
  '(?:don.?t|do not) miss',
  '(?:from )?(?:around|across|elsewhere on) the web',
  '(?:in other news|see also|further reading|keep reading|next (?:story|article)|suggested(?: for you)?)',
  '(?:artikel|berita) (?:terkait|berkaitan|lain)|art[ií]culos relacionados|noticias relacionadas|articles (?:li[ée]s|similaires)',
  'mehr zum thema|verwandte (?:artikel|themen)|leia (?:tamb[ée]m|mais)|相关(?:文章|新闻|阅读)|関連記事',
]);

const COMMENTS = wholeLine([
  '(?:\\d+|no|all|view|show|hide|add|your|reader|readers.?|user)? ?(?:all )?comments?(?: yet| section| \\(?\\d+\\)?| here| are closed)?',
  '(?:leave|post|add|write) (?:a|your) (?:comment|reply|response)',
  'be the first (?:one )?to (?:leave a )?(?:comment|reply|respond)',
  'join (?:the|in the) (?:conversation|discussion|debate)',
  '(?:sign|log) ?in (?:or (?:register|sign up|join) )?to (?:comment|reply|join .{1,30})',
  '(?:share|tell us) (?:your|what you) (?:thoughts|views?|opinions?|think)(?: (?:below|with us))?',
  'what do you think|have your say|discussion|conversation',
]);

const SHARING =
  'facebook|twitter|x|whatsapp|telegram|linkedin|reddit|e-?mail|pinterest|instagram|tiktok|youtube|threads|bluesky|mastodon|messenger|wechat|line|flipboard|pocket|sms|google news';

const FURNITURE = wholeLine([
  '(?:[\\p{L}\\p{N}]+[ -]){0,2}logo|menu|(?:main )?navigation|home(?:page)?|search|close|skip to (?:main )?content',
  `(?:share|follow|send|like|post)?(?: (?:this|us|via|on|to|by|with))*(?: (?:article|story|page|post))?(?: (?:on|via|to|by))? ?(?:${SHARING})(?:[ ,/|]+(?:and )?(?:${SHARING}))*`,
  '(?:share|print|save|send|bookmark|gift|listen|email)(?: (?:this|for later|to|the|with))*(?: (?:article|story|page|post|link|friends))?',
  'share:?|shares?|\\d+ shares?|copy(?: the)?(?: link| url)?|link copied.*|reading list|text size|font size|a ?a ?a|[+-]?a[+-]?',
  'listen (?:to )?(?:this |the )?(?:article|story)?.{0,20}|play audio|watch(?: now| live)?|live tv',
  'advertisements?|ad|ads|advert|sponsored(?: (?:content|by .{1,40}))?|promoted(?: content)?|(?:article|story) continues(?: (?:below|after).{0,40})?|remove ads',
  '(?:subscribe|sign ?up|sign ?in|log ?in|log ?out|register|join|donate)(?: (?:now|today|here|for free|free|us|to continue|to read .{1,30}))?',
  '(?:my|your|create an?) account|become a (?:member|subscriber)|support us|follow (?:us|topics?|.{1,30} on .{1,30}|this (?:topic|author))',
  '(?:load|show|see|view|read|learn|find out|discover)(?: the)? (?:more|all|less|full (?:story|article))(?: (?:stories|articles|news|here|at .{1,40}))?|(?:continue reading|click here|tap here|back to top|back|next|previous|prev|open in app|view gallery|expand|collapse)',
  '(?:download|get|install|try|use|open)(?: (?:the|our|your))?(?: \\p{L}[\\p{L}\\p{N}]*){0,2} apps?(?: (?:now|today|here))?',
  '(?:[\\p{L}\\p{N} ]{0,30}: )?(?:download|get) (?:the|our) (?:[\\p{L}\\p{N}]+ )?app',
  '(?:get it on |download on the )?(?:the )?(?:app ?-?store|google ?-?play|play ?-?store|app ?-?gallery)(?:[ ,/|-]*(?:app ?-?store|google ?-?play|play ?-?store))*',
  '(?:our |daily |weekly |free )*(?:newsletters?|e-?newsletters?|alerts|push notifications)(?: (?:signup|sign-up|sign up))?|(?:enter |your )*(?:your )?e-?mail(?: address)?',
  '(?:privacy|cookies?|terms|editorial|accessibility)(?: (?:policy|notice|statement|settings|preferences|of (?:use|service|sale)|and conditions|& conditions|guidelines|code))?(?:(?: and | & |[ ,|·/]+)(?:privacy|cookies?|terms)(?: (?:policy|notice|of use))?)*',
  '(?:contact|about|advertise|work)(?: (?:us|with us))|contact|careers|site ?map|faqs?|help(?: cent(?:er|re))?|imprint|impressum',
  '(?:accept|reject|manage|allow|decline)(?: (?:all|cookies|preferences|settings|options))+|accept|i agree|got it',
  '.{0,60}all rights reserved|copyright .{1,60}',
  '(?:©|\\(c\\)) ?\\d{4}.{0,60}',
  'loading|please wait|image \\d+ of \\d+|photo gallery|gallery|time|clock|schedule|tags?|topics?|categories|filed under|start exploring|#?\\d{1,2}',
  '(?:sponsored|paid) (?:post|content|partnership)|try our .{1,30}|ask our .{1,30}|.{1,40} ai features',
]);

const PROMOTION = [
  /^(?:please )?(?:sign up|subscribe|register|log in|sign in|click here|download|get|install|follow|join|like|try)\b.{0,80}\b(?:newsletters?|apps?|inbox|alerts?|channels?|whatsapp|telegram|facebook|account|briefing|unlimited|premium|membership|free trial)\b/i,
  /\b(?:in|to|into) your (?:inbox|mailbox|feed)\b/i,
  /\b(?:we|this (?:web)?site|our (?:web)?site|our partners) uses? cookies\b|\bcookie (?:policy|settings)\b/i,
  /\b(?:download|get|install) (?:the |our )?(?:[\p{L}\p{N}]+ ){0,3}app\b.{0,60}\b(?:today|now|stores?|free)\b/iu,
  /\b(?:your|preferred|favou?rite) app ?store\b|\bon (?:the )?app store\b|\bgoogle play\b/i,
  /\balready (?:a |have an? )(?:subscriber|member|account)\b|\b(?:subscribe|sign up|sign in|log in) to (?:continue|read|unlock|keep)\b/i,
  /\b(?:\d+|no|one|two|three) (?:more )?free (?:articles?|stories)\b/i,
  /\b(?:explore|see|find out|discover|learn) what .{1,40} can (?:do|find|tell)\b.{0,20}\byou\b/i,
  /\bby (?:signing up|continuing|subscribing|clicking)\b.{0,60}\byou (?:agree|accept|consent)\b/i,
  /\bunsubscribe\b|\bterms of (?:use|service)\b|\bprivacy policy\b/i,
];

const POINTER =
  /^(?:(?:also )?read(?: also| more| next| here| this)?|see also|also (?:read|see)|related(?: (?:story|article|news|reading))?|more(?: on this)?|watch(?: also)?|don.?t miss|baca juga|lire aussi|lea tambi[ée]n)\s*[:：»›>–—-]+\s*(?<title>\S.{8,200})$/iu;

/** Which furniture a line of a news page is, or null for what may belong to a story. */
export function furnitureKind(line: string): FurnitureKind | null {
  if (line.length <= MAX_LABEL_LENGTH) {
    const label = line.replace(/^[\s•·*>»›|#+-]+|[\s:.…!?»›→>|+-]+$/gu, '');
    if (label === '') return 'furniture';
    if (RELATED.test(label)) return 'related';
    if (COMMENTS.test(label)) return 'comments';
    if (FURNITURE.test(label)) return 'furniture';
  }
  return line.length <= MAX_PROMOTION_LENGTH && PROMOTION.some((form) => form.test(line))
    ? 'promotion'
    : null;
}

/** The headline that a line within a story points to (`Read also: …`), or null. */
export function pointedTitle(line: string): string | null {
  const title = POINTER.exec(line)?.groups?.title?.trim();
  return title && !/[.]["'”’]?$/.test(title) ? title : null;
}

function wholeLine(forms: string[]): RegExp {
  return new RegExp(`^(?:${forms.join('|')})$`, 'iu');
}
