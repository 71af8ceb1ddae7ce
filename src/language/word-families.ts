import { stemmer } from 'stemmer';

/**
 * Words of one meaning across the languages answered in, for what is commonly asked of agreements: a general
 * thesaurus, not a list of what a corpus says. Latin words are compared by stem; others by how they begin.
 */
const FAMILIES: Readonly<Record<string, string>> = {
  sign: `sign signed signatory signatories signature ink inked conclude concluded hastakshar dastakhat
    हस्ताक्षर दस्तखत 署名 調印 கையெழுத்`,
  agreement: `agreement pact accord deal treaty memorandum memo moc mou arrangement understanding tie-up paper text
    समझौत ज्ञापन करार संधि 協定 覚書 合意 条約 ஒப்பந்த`,
  statement: `statement declaration communique text paper बयान वक्तव्य घोषणा 声明 宣言 அறிக்கை பிரகடன`,
  cost: `cost price pay paid charge charged fee rate hourly tariff amount money
    कीमत मूल्य लागत शुल्क राशि daam paisa 価格 費用 料金 金額 விலை கட்டண`,
  funding: `budget fund funds funding money outlay cash spend spent allocation investment invest financing finance grant
    बजट परिव्यय निधि राशि निवेश paisa 予算 資金 投資 支出 நிதி பட்ஜெட் முதலீ`,
  duration: `duration length term long last lasts lasted valid validity run runs period expire expires
    अवधि वैध साल वर्ष चलेगा 期間 有効 年間 காலம் செல்லும் வருஷ ஆண்டு`,
  start: `start starts started begin began begun launch launched inaugurate found founded founder founders establish
    established create created set operation operational operate shuru शुरू शुभारंभ आरंभ स्थापना स्थापित संस्थापक 発足 開始 設立 創業 立ち上げ
    தொடங்கி தொடக்க நிறுவி நிறுவன`,
  force: `force effect effective operating apply applies applicable लागू प्रभावी 発効 施行 நடைமுறை அமல்`,
  adopt: `adopt adopted pass passed enact enacted approve approved approval अपना पारित स्वीकृत 採択 成立 可決 公布 ஏற்று நிறைவேற`,
  announce: `announce announced unveil unveiled reveal घोषणा घोषित 発表 அறிவி`,
  parliament: `parliament diet lawmakers legislature संसद 国会 நாடாளுமன்ற`,
  law: `law act statute bill legislation rule rules कानून अधिनियम विधेयक 法律 法 சட்ட`,
  penalty: `penalty penalties fine fines punish punished punishment sanction enforcement bans दंड जुर्माना 罰則 罰金 அபராத தண்டனை`,
  binding: `binding voluntary non-binding obligation obligations legally mandatory बाध्य बाध्यकारी 拘束 義務 கட்டுப்`,
  privacy: `privacy personal data protection निजता डेटा 個人情報 தனியுரிமை தரவு`,
  chip: `chip chips semiconductor semiconductors chipmaker चिप सेमीकंडक्टर 半導体 குறைக்கடத்தி செமிகண்டக்டர்`,
  nuclear: `nuclear atomic atom reactor परमाणु नाभिकीय 原子力 核 அணு`,
  mineral: `mineral minerals metal metals mining ore rare earths खनिज धातु 鉱物 金属 レアアース கனிம`,
  energy: `energy power electricity ऊर्जा बिजली エネルギー 電力 எரிசக்தி`,
  compute: `compute computing supercomputer computer gpu gpus कंप्यूट सुपरकंप्यूटर スーパーコンピュータ 計算 கணினி`,
  company: `company companies firm firms business businesses enterprise corporation vendor startup startups start-up start-ups
    कंपनी कंपनियों 企業 会社 நிறுவன`,
  people: `people person persons personnel worker workers workforce talent professionals staff लोग लोगों कर्मी व्यक्ति 人材 人数 人々 பேர் மக்கள்`,
  child: `child children kid kids minor minors under-age underage बच्चे बच्चों 子供 児童 குழந்தை`,
  country: `country countries nation nations state states देश 国 நாடு நாடுகள்`,
  member: `member members membership party parties participant participants सदस्य 参加 加盟 உறுப்பின`,
  minister: `minister ministers ministry मंत्री मंत्रालय 大臣 省 அமைச்ச`,
  leader: `leader leaders premier pm नेता प्रधानमंत्री 首相 総理 தலைவர் பிரதமர்`,
  head: `head heads headed lead leads led chair chaired chairs chairman chief director president प्रमुख अध्यक्ष 議長 代表 தலைம`,
  supervise: `supervise supervises supervisor supervisory oversee oversees oversight monitor regulator निगरानी 監督 மேற்பார்வை`,
  visit: `visit visits visited trip trips tour travel travelled traveled journey yatra यात्रा दौरा 訪問 பயண வருகை`,
  meeting: `meeting meetings meet met talks summit dialogue session conference बैठक वार्ता सम्मेलन शिखर संवाद 会談 会合 首脳会談 対話 கூட்ட மாநாடு உச்சி`,
  aim: `aim aims goal goals target targets purpose objective objectives pledge promise promised लक्ष्य उद्देश्य 目標 目的 இலக்கு நோக்க`,
  reason: `reason reasons motive motives why because cause कारण वजह 理由 動機 காரண`,
  condition: `suspend suspended stop stopped halt terminate terminated cancel cut निलंबित 停止 நிறுத்த`,
  weapon: `weapon weapons bomb bombs military हथियार 兵器 武器 ஆயுத`,
  refuse: `refuse refused decline declined reject rejected deny denied इनकार 拒否 மறுத்`,
  ship: `ship ships vessel vessels warship frigate frigates destroyer navy naval जहाज 艦 艦船 கப்பல்`,
  volume: `volume quantity tonne tonnes tons number count मात्रा 量 数量 அளவு`,
  size: `size large big parameters parameter tokens पैरामीटर パラメータ அளவுரு`,
  train: `train trained training प्रशिक्षण 学習 訓練 பயிற்சி`,
  speed: `fast faster quick quicker speed performance तेज 速 வேக`,
  old: `old older previous earlier former predecessor generation पुराना पिछला 旧 前 பழைய`,
  replace: `replace replaced replaces replacement supersede superseded supersedes renew renewed renews renewal succeed succeeded successor
    बदल नवीनीकृत नवीकृत 置き換 更新 改定 後継 மாற்ற புதுப்பி`,
  newer: `new newer newest latest recent newly fresh नया नए नई 新 புதிய`,
  exchange: `exchange exchanges exchanged swap आदान 交流 交換 பரிமாற்ற`,
  support: `support help assist assistance back backing समर्थन सहायता 支援 ஆதரவு`,
  field: `field fields area areas sector sectors topic topics theme themes क्षेत्र 分野 துறை`,
  share: `share percent percentage part portion proportion split प्रतिशत हिस्सा 割合 சதவீத பங்கு`,
  report: `report reports reported reporting रिपोर्ट 報告 報道 அறிக்கை`,
  language: `language languages भाषा 言語 மொழி`,
  visa: `visa visas वीज़ा वीजा ビザ 査証 விசா`,
  secretariat: `secretariat office headquarters सचिवालय मुख्यालय 事務局 本部 செயலக`,
  plant: `plant plants factory factories facility संयंत्र 工場 施設 プラント ஆலை`,
  propose: `propose proposed proposal proposals bid bids bidder bidders tender tenders offer offers offered applicant applicants application
    applications प्रस्ताव आवेदन 提案 応募 முன்மொழி விண்ணப்ப`,
  choose: `choose chose chosen select selected selection pick picked win won winner award awarded beat चुना चुने चयन 選 தேர்`,
  committee: `committee committees panel board commission council taskforce समिति आयोग परिषद 委員会 審議会 குழு ஆணைய`,
  inspect: `inspect inspected inspection inspections inspector inspectors check checks checked verify verified verification audit audits
    निरीक्षण जाँच जांच सत्यापन 査察 検査 検証 ஆய்வு சரிபார்`,
  equipment: `equipment gear kit hardware machinery apparatus device devices उपकरण 装備 機器 設備 உபகரண கருவி`,
  revise: `revise revised revision revisions update updates updated amend amended amendment amendments redo redid redone rewrite rewrote
    rewritten overhaul overhauled संशोध अद्यतन 改正 改訂 திருத்த`,
  increase: `increase increases increased grow grows grew grown growth rise rises rose risen expand expanded expansion jump jumped
    बढ़ वृद्धि विस्तार 増 拡大 அதிகரி விரிவா`,
  decrease: `decrease decreased reduce reduces reduced reduction fall fell fallen drop dropped shrink shrank lower lowered घट कमी 減 குறைத்`,
  build: `build builds built building construct constructed construction erect erected निर्माण 建設 建造 கட்டு கட்டும`,
  produce: `produce produces produced production manufacture manufactures manufactured manufacturing make makes made output उत्पादन 生産 製造
    உற்பத்தி தயாரி`,
  sell: `sell sells sold sale sales export exports exported बिक्री निर्यात 販売 輸出 விற்பனை ஏற்றுமதி`,
  buy: `buy buys bought purchase purchases purchased procure procured procurement import imports imported acquire acquired acquisition
    खरीद आयात 購入 調達 輸入 வாங்க கொள்முதல் இறக்குமதி`,
  own: `own owns owned owner owners ownership stake stakes holding स्वामित्व हिस्सेदारी 所有 出資 உரிமை`,
  invite: `invite invites invited invitation host hosts hosted hosting आमंत्र मेज़बान मेजबान 招待 招聘 開催 அழை நடத்த`,
  attend: `attend attends attended attendance participate participated participation take part joined join joins भाग शामिल 出席 参加 கலந்து பங்கேற்`,
  publish: `publish published publication release releases released issue issued प्रकाशित जारी 公表 公開 発行 வெளியி`,
  forbid: `forbid forbids forbidden ban bans banned prohibit prohibits prohibited prohibition disallow outlaw प्रतिबंध निषेध 禁止 தடை`,
  allow: `allow allows allowed permit permits permitted permission authorise authorised authorize authorized अनुमति इजाज़त इजाजत 許可 認め அனுமதி`,
  expert: `expert experts specialist specialists professional professionals विशेषज्ञ 専門家 நிபுணர்`,
  researcher: `researcher researchers scientist scientists research शोधकर्ता वैज्ञानिक अनुसंधान 研究 ஆராய்ச்சி விஞ்ஞானி`,
  student: `student students pupil pupils trainee trainees intern interns internship scholar scholars छात्र विद्यार्थी प्रशिक्षु 学生 実習 மாணவ பயிற்சியாளர்`,
  city: `city cities town towns municipal municipality urban शहर नगर 都市 市 நகர`,
  delay: `delay delays delayed postpone postponed late later slip slipped defer deferred देरी विलंब स्थगित 延期 遅 தாமத ஒத்திவை`,
  secret: `secret secrets confidential classified undisclosed गोपनीय गुप्त 秘密 機密 இரகசிய ரகசிய`,
  rival: `rival rivals competitor competitors competing compete alternative alternatives प्रतिद्वंद्वी प्रतिस्पर्ध 競合 போட்டி`,
  exceed: `exceed exceeds exceeded over above beyond more than surpass surpassed अधिक ज़्यादा ज्यादा 超 以上 மேல் அதிக`,
  maximum: `maximum max cap ceiling limit limits most upper अधिकतम सीमा 上限 最大 அதிகபட்ச உச்சவரம்`,
  minimum: `minimum min least floor lower न्यूनतम कम-से-कम 下限 最低 குறைந்தபட்ச`,
  deadline: `deadline due cutoff अंतिम समय-सीमा समयसीमा 期限 締切 காலக்கெடு`,
  comply: `comply complies complied compliance compliant conform अनुपालन 遵守 இணங்க`,
  differ: `differ differs different difference differences differently disagree disagrees vary varies contrast अलग भिन्न अंतर 違 異 相違 வேறு`,
  confirm: `confirm confirmed confirmation corroborate corroborated verified verify पुष्टि 確認 உறுதி`,
  claim: `claim claims claimed allege alleges alleged assert asserts assertion दावा 主張 கூற்று`,
  opinion: `opinion opinions view views commentary blog blogger op-ed columnist राय मत विचार 意見 見解 論評 கருத்து`,
  mention: `mention mentions mentioned name names named cite cites cited refer refers referred उल्लेख ज़िक्र जिक्र 言及 挙げ குறிப்பி`,
  element: `strand strands pillar pillars line lines strand component components element elements part parts leg legs स्तंभ घटक 柱 要素 தூண் அம்ச`,
  travel: `migrate migration mobility movement relocate आवागमन गतिशीलता 移動 往来 இடம்பெயர்`,
  teach: `teach teaches taught teacher teachers faculty professor professors instructor सिखा शिक्षक 教 講師 கற்பி ஆசிரிய`,
  protect: `protect protects protected protection safeguard safeguards safeguarding safety safe secure secured security सुरक्ष संरक्षण 保護 安全 பாதுகா`,
  risk: `risk risks danger dangers hazard hazards threat threats जोखिम खतरा ख़तरा 危険 リスク 脅威 ஆபத்து அபாய`,
  date: `date dates day days तिथि तारीख 日付 日 தேதி`,
};

const byStem = new Map<string, string[]>();
const byPrefix: { readonly prefix: string; readonly family: string }[] = [];
for (const [family, words] of Object.entries(FAMILIES)) {
  for (const word of words.split(/\s+/).map((text) => text.normalize('NFKC').toLowerCase())) {
    if (!/^[a-z-]+$/.test(word)) byPrefix.push({ prefix: withoutNukta(word), family });
    else for (const part of [word, ...word.split('-')]) add(stemmer(part), family);
  }
}

function add(stem: string, family: string): void {
  const families = byStem.get(stem) ?? [];
  if (!families.includes(family)) byStem.set(stem, [...families, family]);
}

function withoutNukta(word: string): string {
  return word.normalize('NFD').replaceAll('\u093c', '').normalize('NFC');
}

const known = new Map<string, readonly string[]>();
/** Enough for the words of any corpus that one machine answers from; beyond it nothing more is kept. */
const MOST_KNOWN = 50_000;

/** The families that a search term belongs to; most belong to none. */
export function familiesOf(term: string): readonly string[] {
  const found = known.get(term);
  if (found) return found;
  const families = /^[a-z]/.test(term)
    ? (byStem.get(term) ?? [])
    : [...new Set(byPrefix.filter(({ prefix }) => term.startsWith(prefix)).map(({ family }) => family))];
  if (known.size < MOST_KNOWN) known.set(term, families);
  return families;
}
