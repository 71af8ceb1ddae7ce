/** English words by what they do in a question: enough to find the phrases that name things, without a tagger. */
const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** Words that no phrase goes across: they ask, point, join or relate. */
export const FUNCTION_WORDS = words(
  `a an of the this that these those some any each every all both either no not other another such same own what which who whom
  whose when where why how i me my we us our you your he him his she her it its they them their theirs one ones there here
  is are was were be been being am do does did done doing has have had having can could will would shall should may might must
  to for from with without by at on in into onto over under about against between among through during before after since until
  till than as like via per if then so but or and nor yet because while though although also too just only even still already
  again ever never very more most less least much many few several enough really quite please ok okay well oh hi hello thanks
  thank yes no not n't again further exactly actually likely similar different new old main key important popular famous major
  good bad best better worse worst biggest largest smallest greatest first second third last next previous common typical
  usually often ago up down out off back away s t d ll re ve m according vs versus`,
);

/** Words that say what is done, in the forms that questions use. */
export const VERBS = words(
  `accept achieve act add adopt affect agree allow announce appear apply approve arise ask attend become became began begin believe
  bring build buy came caused changed choose come compare compete concern consider contain continue contribute
  create created cured damaged decide define describe designed develop developed die differ discover eat enable ended enter
  establish evolve exist expand explain fail fall feed feel fight find fix follow formed found gain get give given go got govern grow
  grown happen happened help hold host impacted improve include influenced inform inspire integrate integrated invent invented invest
  involve join joined keep kill know known launched lead learn leave left led let live look lose lost made make manage mean meet met
  move named need negotiate occur offer opened operate own participate pay produce prevent promise promised protect provide publish
  published put reach receive received reduce refer regulate relate related rely remain replaced reported require required run said say
  see sell send serve set shown signed solve spread start started stay stop succeed suggest survive survived take taken
  talk tell think took trained treated try turn used vary visited want weigh went win won worked write wrote written`,
);

/** Verbs that are nouns as often: they say what is done only where a phrase does not need them. */
export const EITHER_WAY = words(
  `aim attempt benefit call cause change charge claim control cost cover cure damage deal design drive end export feature focus form
  fund impact import increase influence launch name order plan play plant point pledge produce program promise protest record report
  research result review rise sail sale share show sign start support train transfer travel treat trade use value visit vote work`,
);

/** Nouns that are of something: what they are of is what a question is about. */
export const RELATIONAL = words(
  `advantage advantages aim aims amount area areas argument aspect aspects author background basis beginning benefit benefits budget cause
  causes challenge challenges change changes characteristic characteristics component components condition conditions content contents cost
  costs creation date deadline definition detail details difference differences disadvantage disadvantages downside duration effect effects
  effectiveness end evidence example examples fact facts feature features finding findings focus function functions goal goals history idea impact
  impacts implication implications importance influence information kind kinds length level limit limits location main meaning member
  members method methods name names nature number numbers objective objectives operation origin origins outcome outcomes part parts
  party parties people percentage piece pieces place point points population price principle principles process product products pros
  cons purpose purposes rate reason reasons relationship requirement requirements result results risk risks role roles rule rules
  scope share side sign signatories signs significance similarities similarity size source sources stage stages status step steps structure
  success symptom symptoms target targets term terms theme themes total tradeoff tradeoffs treatment treatments type types use uses
  value way ways work works year years`,
);
