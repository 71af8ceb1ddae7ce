/** Words that say how a sentence is built rather than what it is about, and how questions are put. */
const LISTS: readonly string[] = [
  // English
  `a about after again all also am an and another any are as at be because been before being between both but by came
  can could did do does doing done each either for from get give given gives go got had has have having he her here hers
  him his how i if in into is it its itself just let like many me might more most much must my near neither no nor
  not now of off on once only or other our ours out over own please quite rather really same say says shall she should
  since so some still such tell than that the their theirs them then there these they this those through to too under
  until up upon us very want was we were what whats when where whether which while who whom whose why will with within
  would yes yet you your yours`,
  // What is left of "didn't" and "1990s"
  `aren couldn didn doesn don hadn hasn haven isn shouldn wasn weren won wouldn s`,
  // Hindi
  `अगर अपना अपनी अपने अब आदि आप इन इनका इनके इनमें इस इसका इसकी इसके इसमें इसे उन उनका उनकी उनके उस उसका उसकी उसके एक एवं ऐसा ऐसे और कब
  कर करता करते करना करने करें कहाँ कहां का कि कितना कितनी कितने किन किनका किया किस किसका किसकी किसके किसने किसी की कुछ के को कोई
  कौन क्या क्यों गई गए गया चाहिए जब जहाँ जा जाता जाती जाते जाने जिन जिस जिसका जिसकी जिसके जिसमें जैसा जैसे जो तक तथा तब तो था थी थे द्वारा
  दिया दी दो न नहीं ने पर परंतु फिर बताइए बताएं बहुत भी मगर मुझे मे में यदि यह यहाँ या ये रहा रही रहे लिए लेकिन वह वहाँ वाला वाली वाले वे सकता सकते
  सभी साथ से सो ही हुआ हुई हुए है हैं हो होगा होता होती होते होना`,
  // Tamil
  `அது அதன் அந்த அல்லது அவர் அவர்கள் அவை ஆகிய ஆகும் ஆனால் இது இதன் இந்த இருந்து இல்லை இவை உள்ள உள்ளது எது எந்த எத்தனை எப்படி எப்போது எவ்வளவு
  எவை என என்ன என்பது என்று எங்கே ஏன் ஒரு ஒரே கூட கொண்ட தான் பற்றி போன்ற மற்றும் மேலும் யார் யாவை யாரால் வரை வேண்டும்`,
  // Japanese: what remains of a question once its nouns are taken out
  `こと もの ため よう これ それ あれ この その あの ここ そこ どこ だれ 誰 何 いつ いくつ なに どの どれ どんな です ます でし まし ました した
  する ある いる なる れる られる から まで より など について として により による において における ください 教え`,
  // Hindi as it is typed in Latin letters
  `kya kab kaun kaunsa kaise kaha kahan kitna kitne kitni kyu kyun hai hain tha thi the ka ki ke ko se mein me par aur
  ya bhi woh wo yeh ye us is jo toh nahi nahin haan yaar bhai batao bata do karo kiya gaya hua sirf wala wale wali`,
];

/** Lower case, NFKC. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  LISTS.flatMap((list) => list.split(/\s+/)).map((word) => word.normalize('NFKC')),
);
