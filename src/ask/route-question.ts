import { splitClauses } from '../language/clauses.ts';

/** Why a question is not looked up at all. */
export type Aside = 'greeting' | 'thanks' | 'about' | 'advice' | 'prediction' | 'task' | 'instruction';

/** Nothing longer is courtesy alone; it also bounds what the patterns below have to try. */
const LONGEST_COURTESY = 80;

/** What a question is when nothing but courtesy surrounds it. The whole of it must match. */
const WHOLE: readonly (readonly [Aside, RegExp])[] = [
  [
    'thanks',
    /^(?:(?:ok(?:ay)?|great|cool|perfect|nice)[\s,.!]*)?(?:(?:many |thank|thanks|thx|thnx|ty|cheers|merci)\S*(?:\s+(?:you|u|a lot|a ton|so much|very much|again|for (?:the|your) \w+|mate|bro|all))*|(?:great|good|nice|well) (?:job|work|done|answer)|that(?:'s| is| was)? (?:helpful|great|all|perfect)|bye|goodbye|see you|(?:bahut )?(?:shukriya|dhanyavaad|dhanyavad)|धन्यवाद|शुक्रिया|बहुत (?:धन्यवाद|शुक्रिया)|ありがとう\S*|どうも\S*|さようなら|நன்றி|மிக்க நன்றி)(?:[\s,.!]+(?:great|good|nice|well|very)? ?(?:job|work|done|helpful|thanks|bye|\p{Emoji_Presentation}))*$/iu,
  ],
  [
    'greeting',
    /^(?:(?:hi+|hello+|hey+|hiya|yo|howdy|greetings|good (?:morning|afternoon|evening|day)|namaste|namaskar|konnichiwa|vanakkam|नमस्ते|नमस्कार|प्रणाम|こんにちは|こんばんは|おはよう(?:ございます)?|もしもし|வணக்கம்|ஹலோ)(?:[\s,.!]+(?:there|all|everyone|bot|assistant|friend|ji|जी))*[\s,.!?]*)*(?:(?:and )?how(?:'s| is| are| r)? (?:you|u|it going|things|your day)(?: doing| feeling)?(?: today)?|what'?s up|sup|kaise ho|kya haal\S*(?: hai)?|(?:आप )?कैसे (?:हैं|हो)|क्या हाल है|お?元気ですか|எப்படி இருக்கிறீர்கள்)?$/iu,
  ],
  [
    'about',
    /^(?:so |and )?(?:what (?:can|do) (?:you|u|this|it) (?:do|know|cover|answer)(?: about| for me)?|what can i ask(?: you)?|who (?:are|r|made|built|created|trains?|trained) (?:you|u)|what (?:are|r) (?:you|u)|are (?:you|u) (?:an? )?(?:human|bot|robot|ai|machine|chatgpt|real)|which (?:llm|model|ai) (?:are|do) (?:you|u)(?: use| run on)?|how do (?:you|u) work|help(?: me)?|what is this|(?:tum|aap) (?:kaun|kya) (?:ho|hain|kar sakte ho|kar sakte hain)|(?:आप|तुम) (?:कौन|क्या कर सकते) (?:हैं|हो)|(?:あなた|きみ)は(?:誰|何)(?:ですか)?|何ができ(?:ます|る)(?:か|の)?|使い方(?:を教えて)?(?:ください)?|நீங்கள் யார்|என்ன செய்ய முடியும்|உங்களால் என்ன செய்ய முடியும்)$/iu,
  ],
];

/** What a clause is that asks for something else than what documents say. */
const PARTS: readonly (readonly [Aside, RegExp])[] = [
  [
    'instruction',
    /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|guidelines|above|previous)\b|\b(?:repeat|reveal|show|print|output|tell me|what (?:is|are))\b.{0,30}\b(?:system|hidden|initial|secret) (?:prompt|instructions?|message)\b|\b(?:reply|respond|answer|say)\b.{0,20}\b(?:only|nothing but|just)\b.{0,20}\b(?:word|with|the)\b|\byou are now\b|\bpretend (?:to be|you)\b|\b(?:developer|jailbreak|dan) mode\b|(?:पिछले|पहले के|सभी) निर्देश\S* .{0,20}(?:अनदेखा|भूल)|(?:指示|命令|ルール)を(?:無視|忘れ)|システムプロンプト|(?:அறிவுறுத்தல்|விதி)\S* .{0,20}(?:புறக்கணி|மற)/iu,
  ],
  [
    'task',
    /^(?:please |pls |can you |could you )?(?:write|compose|draft|generate|code|implement|debug|translate|draw|paint|sing|solve|calculate|convert|book|order|play|tell me a joke|make me)\b.{0,30}\b(?:function|code|script|program|poem|song|story|essay|email|letter|joke|limerick|haiku|lyrics|recipe|picture|image|logo|into \w+|to (?:french|german|spanish|chinese)|flight|ticket|hotel|taxi|pizza|table for)\b|^(?:please |pls )?(?:tell|sing|crack) (?:me )?an? (?:joke|story|song|riddle)\b|(?:कविता|चुटकुला|कोड|निबंध) (?:लिख|सुना)|(?:詩|小説|コード|ジョーク)を(?:書いて|作って|教えて)|(?:கவிதை|நகைச்சுவை|கதை) (?:எழுது|சொல்)/iu,
  ],
  [
    'advice',
    /\bshould (?:i|we|my (?:company|firm|client))\b|\b(?:legal|investment|financial|tax|medical) advice\b|\bcan i sue\b|\badvise me\b|\bis it legal for me\b|\b(?:what|which) (?:stock|share)s? (?:should|to buy)\b|(?:कानूनी|निवेश) सलाह|मुझे क्या करना चाहिए|法的(?:助言|アドバイス)|(?:買う|投資す)べき|சட்ட ஆலோசனை/iu,
  ],
  [
    'prediction',
    /\b(?:predict|forecast|prophesy)\b|\bwho will win\b|\b(?:in|what'?s|what is) your (?:opinion|view|guess)\b|\b(?:do|would) you (?:think|believe|reckon|like|prefer)\b|\bhow (?:likely|probable) (?:is|do you)\b|भविष्यवाणी|आपकी राय|आपको क्या लगता|予測して|予想して|どう思(?:い|う)|あなたの意見|கணிக்க|உங்கள் கருத்து/iu,
  ],
];

/** What is asked, without the instructions to the answerer around it; or what it is instead. */
export type Route = { readonly question: string } | { readonly aside: Aside };

/** Tells questions for the corpus from small talk, and from what no document answers. */
export function routeQuestion(text: string): Route {
  const spaced = text.replaceAll(/\s+/gu, ' ').trim();
  const bare = spaced.length > LONGEST_COURTESY ? '' : spaced.replace(/[ .!?。！？,、।]+$/u, '');
  const whole = WHOLE.find(([, pattern]) => bare !== '' && pattern.test(bare));
  if (whole) return { aside: whole[0] };
  const clauses = splitClauses(text).map((clause) => ({ text: clause.text, aside: asideOf(clause.text) }));
  const kept = clauses.filter(({ aside }) => aside !== 'instruction');
  if (kept.length === 0) return { aside: 'instruction' };
  const other = kept.find(({ aside }) => aside !== undefined)?.aside;
  if (other !== undefined) return { aside: other };
  return { question: kept.length === clauses.length ? text : kept.map((clause) => clause.text).join(' ') };
}

function asideOf(clause: string): Aside | undefined {
  return PARTS.find(([, pattern]) => pattern.test(clause))?.[0];
}
