import { familiesOf } from '../language/word-families.ts';
import { extractTerms } from '../language/terms.ts';

/** What a question asks for, read from how it is put. */
export type AnswerKind = 'date' | 'duration' | 'number' | 'money' | 'person' | 'place' | 'reason' | 'verdict';

/** The kinds of thing a question asks for. */
export interface ExpectedAnswer {
  readonly kinds: readonly AnswerKind[];
  /** Terms of what is asked as a whole ("what is X"): its own document opens with it. Empty when something of it is asked. */
  readonly defines: readonly string[];
  /** Several things: a list rather than a sentence. */
  readonly list: boolean;
  /** Terms of what is to be counted ("how many X"), any of which an answer must hold; empty when nothing is. */
  readonly counted: readonly string[];
  /** The property asked for, as meanings on which a source may say that it is silent. */
  readonly attributes: ReadonlySet<string>;
  /** Share (0–1) of the kinds asked for that a text holds and the question does not name. */
  readonly found: (text: string) => number;
}

const MONTHS =
  'january|february|march|april|may|june|july|august|september|october|november|december|जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर|ஜனவரி|பிப்ரவரி|மார்ச்|ஏப்ரல்|மே|ஜூன்|ஜூலை|ஆகஸ்ட்|செப்டம்பர்|அக்டோபர்|நவம்பர்|டிசம்பர்';
const NUMBER_WORDS =
  'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|once|twice|third|quarter|एक|दो|तीन|चार|पाँच|पांच|छह|सात|आठ|नौ|दस|लाख|करोड़';
const TIME_UNITS =
  'years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|वर्ष|साल|महीने|दिन|घंटे|मिनट|年間?|か月|ヶ月|週間|日間|時間|分間?|ஆண்டு|மாத|நாள்|மணி';
const CURRENCIES =
  '[$¥€£₹]|\\brs\\b|rupees?|yen|dollars?|\\busd\\b|\\binr\\b|\\bjpy\\b|crore|lakh|रुपय|करोड़|येन|डॉलर|円|ドル|ルピー|ரூபா|யென்';

const NUMERAL = `(?:\\p{Nd}[\\p{Nd}.,]*|(?<![\\p{L}\\p{M}])(?:${NUMBER_WORDS})(?![\\p{L}\\p{M}])|[一二三四五六七八九十百千万億兆]+)`;

/** What holds a thing of each kind. */
const PATTERNS: Readonly<Record<AnswerKind, RegExp>> = {
  date: new RegExp(
    `(?:${MONTHS})|\\p{Nd}{1,4}年|\\p{Nd}{1,2}月|\\b(?:1\\p{Nd}|20)\\p{Nd}{2}s?\\b|\\bcentur(?:y|ies)\\b|\\bdecades?\\b|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\\b|शताब्दी|सदी|दशक|世紀`,
    'giu',
  ),
  duration: new RegExp(
    `${NUMERAL}[\\s-]*(?:and a half\\s*)?(?:${TIME_UNITS})|\\ban? (?:half[- ])?(?:hour|day|week|month|year)\\b|\\buntil\\b|\\bannual(?:ly)?\\b`,
    'giu',
  ),
  number: new RegExp(NUMERAL, 'giu'),
  money: new RegExp(
    `(?:${CURRENCIES})[^.]{0,12}?\\p{Nd}|\\p{Nd}[\\p{Nd}.,]*\\s*(?:\\p{L}+\\s+)?(?:${CURRENCIES})`,
    'giu',
  ),
  person:
    /(?<=[\p{L}\p{N},;:(]\s+|["“「(])\p{Lu}(?:\p{L}*|\.)(?:\s+(?:of\s+)?\p{Lu}(?:\p{L}+|\.))+|(?<=\b(?:by|between|and|with|from)\s+)\p{Lu}\p{L}{2,}|[\p{Script=Katakana}ー・]{3,}|\p{Script=Han}{3,}(?:大臣|首相|総理|大使|氏)|(?:मंत्री|प्रधानमंत्री|राजदूत)\s+\p{Script=Devanagari}+/gu,
  place:
    /(?<=\b(?:in|at|on|near|from|to|of)\s+(?:the\s+)?)\p{Lu}\p{L}+|\p{Script=Devanagari}+\s+में|[\p{Script=Katakana}\p{Script=Han}ー]{2,}(?:で|に)/gu,
  reason:
    /\b(?:because|since|so that|owing|due to|reason|motive|in order|aims?|given|response)\b|के कारण|क्योंकि|ため|から|ので|காரண/giu,
  verdict:
    /\b(?:not|no|never|none|neither|nothing|declined|voluntary|only|yet|may|cannot|also|including|allowed|unless)\b|नहीं|केवल|स्वैच्छिक|ない|ません|のみ|இல்லை|மட்டும்/giu,
};

/** How each kind is asked for; several may hold. */
const ASKED: readonly (readonly [AnswerKind, RegExp])[] = [
  [
    'date',
    /(?<!\b(?:how|what|why|who|whom|which|where)\b(?:(?!\b(?:and|or|n)\b)[^,;:?&]){1,100})\bwhen\b|\bwhat (?:date|day|year)\b|\b(?:which|what|exact) (?:day|date|year|month)\b|\bsince when\b|\bdeadline\b|\bkab\b|कब|किस (?:तिथि|तारीख|दिन|वर्ष)|किस साल|いつ|何年(?!間)|何月|எப்போது|எந்த (?:நாள்|ஆண்டு|தேதி)/iu,
  ],
  [
    'duration',
    /\bhow (?:long|often|soon)\b|\bhow many (?:years|yrs|months|weeks|days|hours|hrs)\b|\bwithin how\b|\bvalid\b|\bduration\b|कितने (?:साल|वर्ष|समय|महीने|घंटे|दिन)|कब तक|अवधि|何年間|何時間|期間|どれくらいの期間|kitne (?:saal|ghante|din|mahine)|எவ்வளவு காலம்|எத்தனை (?:ஆண்டு|மணி|வருஷ)/iu,
  ],
  [
    'money',
    /\bhow much (?:money|did|does|is|was|will|of)\b|\b(?:budget|cost|price|outlay|funding|amount|investment|pay|fee|charged?|salary)\b|\b(?:yen|rupees?|dollars?)\b|बजट|कीमत|परिव्यय|लागत|राशि|kitna paisa|予算|金額|費用|価格|いくら|நிதி|பட்ஜெட்|விலை/iu,
  ],
  [
    'number',
    /\bhow (?:many|much|large|big|far|deep|high|fast)\b|\bnumber of\b|\b(?:share|percent(?:age)?|size|what part|chunk|total)\b|कितन|प्रतिशत|\bkitn[aei]\b|いくつ|何(?:人|名|基|件|社|本|台|億|万|回|度|歳|才|坪|匹|頭|個|枚|冊|巻|話|階|位|割|倍|点|隻|両|票|戸|軒|曲|番|段|%|パーセント|メートル|キロ|トン|センチ|ヘクタール|試合|種類|[かカヵヶ][国所月])|数は|(?:面積|高さ|長さ|幅|速度|時速|人口|重さ|深さ|距離|割合|率)(?:は|が|を|と)|どれくらい|どのくらい|எத்தனை|எவ்வளவு/iu,
  ],
  [
    'person',
    /\bwho\b|\bwhom\b|\bwhose\b|\bnames?,? (?:please|pls|plz)\b|\bwhich (?:ministers?|officials?|leaders?|person|people|compan(?:y|ies)|firms?|body|ministr(?:y|ies)|union minister)\b|किस(?:ने|के)|किन्होंने|किन-?किन|कौन|\bkaun\b|\bkisne\b|誰|どの企業|யார்|யாரால்/iu,
  ],
  [
    'place',
    /\bwhere\b|\b(?:which|what) (?:city|cities|place|country|state|hotel|campus|venue)\b|कहाँ|कहां|किस (?:शहर|देश|स्थान)|\bkahan?\b|どこ|எங்கே|எங்கு|எந்த நகர/iu,
  ],
  ['reason', /\bwhy\b|\b(?:reason|motive)\b|क्यों|\bkyu[n]?\b|なぜ|どうして|理由|ஏன்/iu],
  [
    'verdict',
    /(?:^|[.,:;?!]\s*)(?:so |and |but |then )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|must|should)\b|^क्या|\bkya\b|^(?!.*(?:何|誰|だれ|どこ|どの|どれ|どちら|どう|いつ|いくら|いくつ|なぜ)).*(?:ます|です|ました|でした|ある|いる)か|\S(?:மா|டா|னா|ரா|தா)\?/iu,
  ],
];

/** "How much does it cost": any number will not do. */
const SUM =
  /\b(?:money|budget|costs?|priced?|outlay|funding|fees?|paid|pay|salary|yen|rupees?|dollars?)\b|बजट|कीमत|परिव्यय|लागत|\bpaisa\b|予算|金額|費用|価格|いくら|நிதி|பட்ஜெட்|விலை/iu;

const LIST =
  /\b(?:list|name|which (?:two|three|four|five|six|seven|eight|\w+[^s]s\b)|what (?:are|\w+[^s]s are))\b|कौन-?(?:से|सी|कौन)|किन-?किन|किन (?:\S+ ){0,2}(?:पर|में|क्षेत्रों)|(?:分野|項目|もの|点)は何ですか|யாவை/iu;

/** "What is X", "tell me about X": nothing else is asked of it. */
const DEFINES =
  /^(?:so |and |please |pls )?(?:(?:who or )?what(?:'s|s| is| are| was)|who is|tell me (?:more )?about|explain|describe|summari[sz]e|give me (?:an overview|a summary) of)\s+(?:(?!(?:of|in|on|at|for|to|from|between|that|which|by|with|role|name|date)\b)[\p{L}\p{Nd}'’.-]+\s*){1,6}[?.!]?$|^(?:\S+\s){1,5}क्या (?:है|हैं|था|थी)[?।]?$|^.{1,30}(?:とは(?:何|なん)?(?:ですか)?|について教えて(?:ください)?)[?？。]?$|^(?:\S+\s){1,5}என்றால் என்ன\??$/iu;

/** The noun behind "how many", up to the verb. */
const COUNTED =
  /\bhow many (?<what>(?:(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|must|should|may|came|come|of|in|on|at|to|for|from|the|be|get|take)\b)[\p{L}\d-]+\s?){1,4})/iu;

/** Reads from the clause that asks what would answer it: nothing that the whole question names already. */
export function expectedAnswer(question: string, whole = question): ExpectedAnswer {
  const asked = ASKED.filter(([, pattern]) => pattern.test(question)).map(([kind]) => kind);
  const isSum = asked.includes('money') && SUM.test(question);
  const kinds = asked.filter((kind) => !(kind === 'verdict' && asked.length > 1) && !(kind === 'number' && isSum));
  const named = new Map(kinds.map((kind) => [kind, namedIn(whole, PATTERNS[kind])]));
  return {
    kinds,
    defines: DEFINES.test(question.trim()) ? extractTerms(question) : [],
    list: LIST.test(question),
    counted: extractTerms(COUNTED.exec(question)?.groups?.['what'] ?? ''),
    attributes: attributesOf(question, kinds),
    found: (text) => {
      const held = kinds.filter((kind) => {
        const inQuestion = named.get(kind);
        return (text.match(PATTERNS[kind]) ?? []).some((match) => !inQuestion?.has(match.toLowerCase()));
      });
      return kinds.length === 0 ? 0 : held.length / kinds.length;
    },
  };
}

function namedIn(question: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...question.matchAll(pattern)].map(([match]) => match.toLowerCase()));
}

/** Meanings that name a property of something rather than the thing. */
const PROPERTIES = new Set(
  'sign cost funding duration date head share secretariat visa binding penalty size supervise plant people volume'.split(
    ' ',
  ),
);
/** The properties that a kind of answer stands for. */
const PROPERTIES_OF: Readonly<Partial<Record<AnswerKind, readonly string[]>>> = {
  date: ['date'],
  duration: ['duration'],
  money: ['cost', 'funding'],
};

function attributesOf(question: string, kinds: readonly AnswerKind[]): ReadonlySet<string> {
  const named = extractTerms(question).flatMap((term) => familiesOf(term));
  return new Set([
    ...named.filter((family) => PROPERTIES.has(family)),
    ...kinds.flatMap((kind) => PROPERTIES_OF[kind] ?? []),
  ]);
}
