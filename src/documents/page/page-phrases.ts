import { oneLine } from '../normalise.js';
import { readByline } from '../scraped/bylines.js';
import { furnitureKind } from '../scraped/phrases.js';

const MAX_LABEL_LENGTH = 60;
const MAX_DATE_LINE = 110;
const MAX_CREDIT_LENGTH = 400;

/** Labels before links to other pages, beyond those that text copied from a page shows. */
const RELATED_LABEL = new RegExp(
  `^(?:${[
    'more(?: \\p{L}+){0,3} (?:stories|news|articles|posts|coverage|reads|videos|headlines)',
    '(?:read|see|watch|view|check out|learn) (?:more|also|next|this|now)|also (?:read|see|watch)|(?:must|further) (?:read|reading|see)',
    'related(?: \\p{L}+){0,2}|recommended(?: \\p{L}+){0,2}|(?:you )?(?:may|might) (?:also )?(?:like|enjoy)|more(?: on .{1,40})?',
    '(?:in case you|if you) missed(?: it)?|from (?:our|the) archives?|don.?t miss',
    'mehr(?: (?:zum thema|dazu|lesen|aus|von) ?.{0,30})?|lesen sie (?:auch|mehr|hier).{0,20}|auch interessant|siehe auch|verwandte (?:artikel|beitr[äa]ge|themen|inhalte)|weiterlesen|das k[öo]nnte sie (?:auch )?interessieren|passend dazu',
    '(?:[àa] )?lire (?:aussi|[ée]galement|la suite)|voir aussi|articles? (?:similaires?|li[ée]s?|connexes?)|sur le m[êe]me (?:sujet|th[èe]me)|pour aller plus loin',
    'lea? (?:tambi[ée]n|m[áa]s)|lee (?:tambi[ée]n|m[áa]s)|te puede interesar|(?:art[íi]culos|noticias|notas|contenido) relacionad[oa]s?|ver tambi[ée]n|m[áa]s (?:noticias|informaci[óo]n)',
    'leia (?:tamb[ée]m|mais)|veja (?:tamb[ée]m|mais)|saiba mais|(?:mat[ée]rias|not[íi]cias|artigos|posts) relacionad[oa]s',
    'leggi (?:anche|pure)|vedi anche|articoli correlati|potrebbe interessarti.{0,10}|lees (?:ook|meer)|gerelateerd(?:e .{1,20})?|meer over .{1,30}',
    'l[äæ]s (?:ogs[åa]|mer|mere|ocks[åa])|les (?:ogs[åa]|mer)|lue (?:my[öo]s|lis[äa][äa])|relaterade? (?:artiklar|l[äa]sning)|(?:czytaj|zobacz|przeczytaj) (?:te[żz]|tak[żz]e|r[óo]wnie[żz]|wi[ęe]cej)|powi[ąa]zane .{1,20}',
    '(?:читайте|смотрите|читать)(?: \\p{L}+)? (?:также|еще|ещё|далее)|читайте|по теме|материалы по теме|похожие (?:статьи|новости|материалы)|ещ[её] по теме',
    'baca (?:juga|selengkapnya|lagi)|(?:artikel|berita) (?:terkait|berkaitan|lain(?:nya)?)|lihat juga|simak juga|xem th[êe]m|[đd][ọo]c th[êe]m|tin li[êe]n quan|ilgili (?:haberler|i[çc]erikler)|bunlar da ilginizi [çc]ekebilir',
    '相关(?:文章|新闻|阅读|报道|链接)|延伸阅读|推荐阅读|更多(?:新闻|文章)|相關(?:文章|新聞|閱讀|報導)|延伸閱讀|関連(?:記事|ニュース|リンク)?|あわせて読みたい|おすすめ(?:記事)?|関連する記事|관련 ?(?:기사|뉴스)|추천 ?기사|더 ?보기|인기 ?기사',
    '(?:اقرأ|إقرأ) (?:أيضا|أيضاً|المزيد)|مواضيع ذات صلة|قرأ أيضا|διαβάστε (?:ακόμα|επίσης|περισσότερα)|σχετικά (?:άρθρα|νέα)',
  ].join('|')})$`,
  'iu',
);

const POPULAR =
  /\b(?:most|popular|trending|latest|top|breaking|recent|editor.?s|picks?|choice|in other news)\b|meist|neueste|plus lus|m[áa]s le[íi]d|mais lid|pi[ùu] lett|terpopuler|人気|人气|热门|熱門|最新/iu;
const POINTER = /^(?<label>[^:：»›►▶|]{2,50}?)\s*[:：»›►▶|]+\s*(?<title>\S.{5,250})$/u;

/** Lines that name who made or owns a story: what agencies and sites put before and behind it. */
const CREDIT = [
  /^[([]?(?:additional )?(?:reporting|writing|report|research|compiled|edited|editing|photography|photos?|graphics?|translation|translated|production) (?:and (?:writing|editing) )?(?:by|from)\b/i,
  /^[([]?(?:mit material (?:von|der)|quelle|fuente|source|sumber|fonte|bron|kilde|źródło|источник|фото|foto|fotos|photo|photos|image|images|picture|pictures|cr[ée]dits?|credit|credits|bild|bildquelle|出典|写真|来源|來源|编辑|責任編輯|责任编辑|사진)\s*[:：]\s*\S.{0,120}$/iu,
  /^(?:copyright|©|\(c\)|ⓒ)(?=[\s\d©ⓒ])|\ball rights reserved\b|無断転載|무단 ?전재|版权所有|tous droits r[ée]serv[ée]s|alle rechte vorbehalten|todos los derechos reservados|todos os direitos reservados/iu,
  /\b(?:may not|must not|no part may) be (?:published|reproduced|redistributed|copied)\b/i,
];

const DATE_IN_LINE =
  /(?:\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}[./-]\d{1,2}[./-]\d{1,2}\b|\d{4}\s?年\s?\d{1,2}\s?月|\d{4}년 ?\d{1,2}월|\b\d{1,2}\.?(?:st|nd|rd|th)?,? (?:de |of )?\p{L}{3,12}\.?,? (?:de )?(?:19|20)\d{2}\b|\b\p{L}{3,12}\.? \d{1,2},? (?:19|20)\d{2}\b|^\d{1,2}[:.h]\d{2}(?: ?(?:uhr|h))?$|\b\d{1,2}:\d{2}\s?(?:[ap]\.?m\.?|uhr|gmt|utc|[a-z]{2,3}t)\b)/iu;
const SENTENCE_END = /[\p{L}\p{N}%)][.!?…。！？](?:["'”’»)\]]*)$/u;

/** Lines that stand within stories and are no part of any. */
const INTERRUPTION = new RegExp(
  `^(?:${[
    'advertisements?|adverts?|sponsored(?: content)?|promoted(?: content)?|(?:story|article|text) continues (?:below|after).{0,40}',
    'scroll (?:down )?to continue.{0,30}|continue reading(?: below| the main story)?|(?:read|load|show|view|see) (?:more|comments|all comments)',
    'share(?: this)?(?: (?:article|story|post|page))?(?: on .{1,20}| via .{1,20})?|share:?|subscribe(?: now| here)?|sign up(?: now)?|(?:log|sign) in|newsletters?',
    '(?:leave a |post |add a |\\d+ )?comments?|link copied.{0,20}|copy link|image \\d+ of \\d+|photo gallery|view gallery|caption|close|print|e-?mail|play video|loading',
    'anzeige|werbung|teilen|publicit[ée]|partager|publicidad|compartir|publicidade|compartilh(?:ar|e)|pubblicit[àa]|condividi|reklama?|iklan|annon[cs]e?|advertentie',
    'реклама|поделиться|広告|シェア|광고|공유|广告|廣告|分享|إعلان|διαφήμιση|quảng cáo|bagikan|kongsi',
  ].join('|')})$`,
  'iu',
);
/** A text may speak of these without being part of a site's own small print. */
const LEGAL = /\bterms of|\bprivacy|\bcookie|\bunsubscribe\b/i;
const EDGE_SIGNS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/** How sites ask for something, where there is a link to do it with. */
const OFFER = new RegExp(
  `^(?:${[
    'click here|subscribe|sign up|register (?:now|here|today|for)|download (?:the|our)|donate|become a|visit our|watch our|buy (?:now|it|the book)',
    'get (?:the|our|your|access|unlimited|breaking)|follow (?:us|our|the|@|\\p{Lu})|like us|join (?:us|our)|support (?:us|our|independent|quality)',
    'stay (?:up|informed|in touch|connected)|for (?:more|the latest) (?:news|stories|updates|on)|(?:have|got) (?:a|an) (?:story|tip|opinion)',
    'abonnieren|jetzt (?:abonnieren|testen|lesen|anmelden|herunterladen)|folgen sie|abonnez|suivez|inscrivez|t[ée]l[ée]chargez',
    'suscr[íi]b|s[íi]gue(?:nos)?|[úu]nete|desc[áa]rga|reg[íi]strate|assine|inscreva|siga|acompanhe|iscriviti|seguici|abbonati|scarica',
    'volg ons|abonneer|подпи[сш]|следите за|присоединяйтесь|ikuti|dapatkan|langganan|muat turun|theo d[õo]i|abone|takip',
    '구독|关注|關注|下载|下載|訂閱|订阅|フォロー|登録',
  ].join('|')})`,
  'iu',
);
const MAX_OFFER_LENGTH = 300;

/** True for a line that introduces links to other pages: `Related`, `Read also`, `Mehr zum Thema`. */
export function isRelatedLabel(text: string): boolean {
  const line = oneLine(text);
  if (line.length > MAX_LABEL_LENGTH) return false;
  return RELATED_LABEL.test(line.replace(EDGE_SIGNS, '')) || furnitureKind(line) === 'related';
}

/** True for a label before links to what is read most or came last, related to the page or not. */
export function isPopularLabel(text: string): boolean {
  return POPULAR.test(text);
}

/** The title of the page that a line within a story points to (`Read also: …`), or null. */
export function pointedTo(text: string): string | null {
  const { label, title } = POINTER.exec(text)?.groups ?? {};
  return label && title && isRelatedLabel(label) ? title : null;
}

/** True for a line that says who reported, edited, photographed or owns what stands beside it. */
export function isCredit(text: string): boolean {
  return text.length <= MAX_CREDIT_LENGTH && CREDIT.some((form) => form.test(text));
}

/** True for a line that says when something was published and by whom, and nothing else. */
export function isDateLine(text: string): boolean {
  if (readByline(text) !== null) return true;
  return (
    text.length <= MAX_DATE_LINE &&
    DATE_IN_LINE.test(text) &&
    !SENTENCE_END.test(text.replace(/[ap]\.m\.$/i, ''))
  );
}

/** True for what a site says of itself in the midst of a story: `Advertisement`, `Share this`, offers of newsletters. */
export function isInterruption(text: string): boolean {
  if (INTERRUPTION.test(text.replace(EDGE_SIGNS, ''))) return true;
  return furnitureKind(text) === 'promotion' && !LEGAL.test(text);
}

/** True for a label of a site that is no sentence: what {@link isInterruption} knows, `Menu`, `Comments (3)`. */
export function isSiteLine(text: string): boolean {
  if (isInterruption(text)) return true;
  const kind = SENTENCE_END.test(text) ? null : furnitureKind(text);
  return text.length > 2 && (kind === 'furniture' || kind === 'comments');
}

/** True for a line with a link that asks to subscribe, to follow, to load something down. */
export function isLinkedOffer(text: string): boolean {
  return text.length <= MAX_OFFER_LENGTH && OFFER.test(text.replace(/^[^\p{L}]+/u, ''));
}
