/** Why a question is not looked up at all. */
export type Aside =
  | 'greeting'
  | 'thanks'
  | 'about'
  | 'doubt'
  | 'advice'
  | 'prediction'
  | 'task'
  | 'live'
  | 'unsafe'
  | 'instruction';

const GREETING_START =
  'hi+|hello+|hey+|hiya|yo|howdy|greetings|good (?:morning|afternoon|evening|day)|namaste|namaskar|konnichiwa|vanakkam|नमस्ते|नमस्कार|प्रणाम|सुप्रभात|こんにちは|こんばんは|おはよう(?:ございます)?|もしもし|はじめまして|வணக்கம்|ஹலோ|காலை வணக்கம்';
const GREETING_END =
  "(?:and )?how(?:'s| is| are| r)? (?:you|u|it going|things|your day)(?: doing| feeling)?(?: today)?|what'?s up|sup|kaise ho|kya haal\\S*(?: hai)?|(?:आप )?कैसे (?:हैं|हो)|क्या हाल है|お?元気ですか|எப்படி இருக்கிறீர்கள்|நலமா";

/** What a question is when nothing but courtesy surrounds it. The whole of it must match, and it is short. */
export const WHOLE: readonly (readonly [Aside, RegExp])[] = [
  [
    'thanks',
    /^(?:(?:ok(?:ay)?|great|cool|perfect|nice)[\s,.!]*){0,3}(?:(?:many |thank|thanks|thx|thnx|ty|cheers|merci)\S*(?:\s+(?:you|u|a lot|a ton|so much|very much|again|for (?:the|your) \w+|mate|bro|all))*|(?:great|good|nice|well) (?:job|work|done|answer)|that(?:'s| is| was)? (?:helpful|great|all|perfect)|bye|goodbye|see you|(?:bahut )?(?:shukriya|dhanyavaad|dhanyavad)|धन्यवाद|शुक्रिया|बहुत (?:धन्यवाद|शुक्रिया)|अलविदा|ありがとう\S*|どうも\S*|助かりました|さようなら|நன்றி|மிக்க நன்றி|மிகவும் நன்றி)(?:[\s,.!]+(?:great|good|nice|well|very)? ?(?:job|work|done|helpful|thanks|bye|\p{Emoji_Presentation}))*$/iu,
  ],
  [
    'greeting',
    new RegExp(
      `^(?:(?:${GREETING_START})(?:[\\s,.!]+(?:there|all|everyone|bot|assistant|friend|ji|जी))*[\\s,.!?]*)*(?:${GREETING_END})?$`,
      'iu',
    ),
  ],
  [
    'about',
    /^(?:so |and )?(?:what (?:can|do) (?:you|u|this|it) (?:do|know|cover|answer)(?: about| for me)?|what can i ask(?: you)?|how can you help(?: me)?|what(?:'s| is) your name|who (?:are|r|made|built|created|trains?|trained) (?:you|u)|who(?:'s| is) your (?:creator|maker|developer)|what (?:are|r) (?:you|u)|are (?:you|u) (?:an? )?(?:human|bot|robot|ai|machine|chatgpt|real|person)|which (?:llm|model|ai) (?:are|do) (?:you|u)(?: use| run on)?|how do (?:you|u) work|where do(?:es)? (?:you|your (?:answers|information|data)) (?:get|come)[\p{L} ]{0,30}|do you (?:store|keep|save|log) my (?:data|questions|messages)|help(?: me)?|what is this|(?:tum|aap) (?:kaun|kya) (?:ho|hain|kar sakte ho|kar sakte hain)|(?:आप|तुम) (?:कौन|क्या|क्या कर सकते) (?:हैं|हो)|(?:आपका|तुम्हारा) नाम क्या है|(?:मैं )?(?:आपसे )?क्या पूछ सकता हूँ|मदद(?: करो| कीजिए)?|(?:あなた|きみ)は(?:誰|何|AI|人間)(?:ですか)?|(?:あなたの)?(?:お)?名前は(?:何ですか)?|何ができ(?:ます|る)(?:か|の)?|何を聞けますか|使い方(?:を教えて)?(?:ください)?|ヘルプ|நீங்கள் (?:யார்|என்ன)|உங்கள் பெயர் என்ன|என்ன செய்ய முடியும்|உங்களால் என்ன செய்ய முடியும்|நான் என்ன கேட்கலாம்|உதவி)$/iu,
  ],
  [
    'doubt',
    /^(?:are you (?:really |absolutely |quite )?(?:sure|certain|serious)(?: about (?:that|this|it))?|is (?:that|this) (?:really )?(?:true|right|correct)|really|how (?:do|would) (?:you|i) know(?: (?:that|this))?|can i trust (?:you|this|that)|(?:that(?:'s| is)|you(?:'re| are)|this is) (?:wrong|incorrect|not (?:true|right|correct))|prove it|kya (?:ye|yeh) sach hai|pakka|क्या (?:यह|ये) (?:सच|सही) है|(?:यह|ये) गलत है|पक्का|本当(?:ですか|に)?|確かですか|それは(?:違い|間違い)(?:ます|です)|(?:இது )?உண்மையா|நிச்சயமா|இது தவறு)$/iu,
  ],
];

/** What a clause is that asks for something else than what documents say. Nothing in them repeats within a repetition. */
export const PARTS: readonly (readonly [Aside, RegExp])[] = [
  [
    'instruction',
    /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|guidelines|above|previous)\b|\b(?:repeat|reveal|show|print|output|tell me|what (?:is|are))\b.{0,30}\b(?:system|hidden|initial|secret|your) (?:prompt|instructions?|message)\b|\b(?:repeat|print|output)\b.{0,20}\b(?:everything|all|the (?:text|words|lines)) above\b|\b(?:reply|respond|answer|say)\b.{0,20}\b(?:only|nothing but|just)\b.{0,20}\b(?:word|with|the)\b|\byou are now\b|\bpretend (?:to be|you)\b|\b(?:developer|jailbreak|dan) mode\b|(?:पिछले|पहले के|सभी|अपने) (?:निर्देश|नियम)\S* .{0,20}(?:अनदेखा|भूल|छोड़)|(?:सिस्टम )?(?:प्रॉम्प्ट|प्रॉम्प्ट्स) (?:दिखा|बता)|अपने निर्देश (?:दिखा|बता)|(?:指示|命令|ルール)を(?:すべて|全て)?(?:無視|忘れ|見せ|表示)|システムプロンプト|(?:அறிவுறுத்தல்|விதி|வழிமுறை)\S* .{0,20}(?:புறக்கணி|மற|காட்டு)/iu,
  ],
  [
    'unsafe',
    /\b(?:how (?:to|do i|can i|would i|could i)|help me|teach me(?: how)? to|steps to|instructions for|recipe for)\b.{0,30}\b(?:(?:make|making|build|building|create|assemble|synthesi[sz]e|cook)\b.{0,20}\b(?:bombs?|explosives?|grenades?|nerve gas|sarin|poison|meth|malware|ransomware|(?:computer )?virus(?:es)?|(?:nuclear|chemical|biological) weapons?)|(?:kill|murder|hurt|poison|kidnap|stalk)\b.{0,15}\b(?:someone|somebody|a person|people|my \w+|myself|him|her|them)|hack (?:into )?|steal\b|launder money|forge\b|evade (?:tax|sanctions))|\bkill myself\b|\bwant to die\b|(?:बम|विस्फोटक|ज़हर|जहर) (?:कैसे )?(?:बना|तैयार)|(?:爆弾|爆発物|毒(?:ガス)?|ウイルス)(?:の作り方|を作)|(?:வெடிகுண்டு|குண்டு|விஷம்) (?:எப்படி )?(?:செய்|தயாரி)/iu,
  ],
  [
    'task',
    /^(?:please |pls |can you |could you )?(?:write|compose|draft|generate|code|implement|debug|translate|draw|paint|sing|solve|calculate|convert|book|order|play|tell me a joke|make me)\b.{0,30}\b(?:function|code|script|program|poem|song|story|essay|email|letter|joke|limerick|haiku|lyrics|recipe|picture|image|logo|into \w+|to (?:french|german|spanish|chinese)|flight|ticket|hotel|taxi|pizza|table for)\b|^(?:please |pls )?(?:tell|sing|crack) (?:me )?an? (?:joke|story|song|riddle)\b|^(?:what(?:'s| is) )?\d+ ?[-+*x×÷/] ?\d+ ?=?$|(?:कविता|चुटकुला|कोड|निबंध|कहानी|गाना) (?:लिख|सुना|गा)|(?:टिकट|होटल) बुक|(?:詩|小説|コード|ジョーク|作文|歌)を(?:書いて|作って|教えて|歌って)|(?:チケット|ホテル)を予約|(?:கவிதை|நகைச்சுவை|கதை|பாட்டு|கட்டுரை) (?:எழுது|சொல்|பாடு)/iu,
  ],
  [
    'live',
    /\b(?:weather|temperature)\b.{0,30}\b(?:today|tomorrow|now|tonight|outside|this (?:week|morning|evening))\b|\b(?:today|tomorrow|tonight)'?s weather\b|\b(?:what(?:'s| is)|how(?:'s| is)) the weather\b|\bwhat (?:time|day) is it\b|\bwhat(?:'s| is) (?:the time(?: now)?\s*\?*$|today'?s date\b|the date today\b)|\b(?:current|live|latest|today'?s)\b.{0,20}\b(?:stock|share|bitcoin|crypto|gold|exchange) (?:price|rate|value)s?\b|\b(?:who won|score of|result of)\b.{0,40}\b(?:last night|yesterday|today)\b|(?:आज|कल|अभी) .{0,25}(?:मौसम|तापमान|बारिश)|अभी (?:कितने बजे|क्या समय)|आज (?:कौन सी तारीख|क्या तारीख)|आज .{0,15}(?:सोने|शेयर|डॉलर) .{0,6}(?:भाव|दाम|रेट)|(?:今日|明日|今)の?.{0,12}(?:天気|気温)|今何時|今日は何(?:日|曜日)|(?:今日|現在|今)の.{0,12}(?:株価|為替レート|金価格)|(?:இன்று|இன்றைய|நாளை) .{0,25}(?:வானிலை|வெப்பநிலை|மழை)|இப்போது (?:மணி|நேரம்)|இன்றைய .{0,12}(?:தங்கம்|தங்க விலை|பங்கு விலை)/iu,
  ],
  [
    'advice',
    /\bshould (?:i|we|my (?:company|firm|client))\b|\b(?:i|we) (?:need|want|seek|would like)\b.{0,20}\badvice\b|\b(?:give|offer) (?:me|us)\b.{0,30}\badvice\b|\byour (?:legal|investment|financial|tax|medical) advice\b|\bcan i sue\b|\badvise me\b|\bis it legal for me\b|\bwould i be liable\b|\b(?:what|which) (?:stock|share)s? (?:should|to buy)\b|(?:कानूनी|निवेश|वित्तीय|चिकित्सा) सलाह|मुझे क्या करना चाहिए|क्या मुझे .{0,40}चाहिए|(?:法的|法律|投資|税務|医療)(?:な)?(?:の)?(?:助言|アドバイス|相談)|(?:買う|投資す|訴える|す)べき(?:ですか|でしょうか)|(?:சட்ட|முதலீட்டு|மருத்துவ) ஆலோசனை|நான் என்ன செய்ய வேண்டும்/iu,
  ],
  [
    'prediction',
    /^(?:please |pls |can you |could you )?(?:predict|forecast|prophesy)\b|\bpredict (?:who|what|whether|when|how|the (?:outcome|result|winner|future))\b|\bwho will win\b|\b(?:in|what'?s|what is) your (?:opinion|view|guess)\b|\b(?:do|would) you (?:think|believe|reckon|like|prefer)\b|\bhow (?:likely|probable) (?:is|do you)\b|भविष्यवाणी|(?:आपकी|तुम्हारी) राय|(?:आपको|तुम्हें) क्या लगता|कौन जीतेगा|予測して|予想して|どう思(?:い|う)|あなたの意見|誰が勝ち|கணிக்க|உங்கள் கருத்து|என்ன நினைக்கிறீர்கள்|யார் வெல்வார்/iu,
  ],
];
