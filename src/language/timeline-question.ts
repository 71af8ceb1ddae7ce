/** Nouns that ask for the order of time, and say nothing of what. */
const ORDER_OF_TIME =
  /\b(?:time ?lines?|chronolog\w*|sequence of events|milestones?)\b|कालक्रम|घटनाक्रम|推移|経緯|変遷|時系列|年表|காலவரிசை/giu;

/** Asks how something went on over time: its answer is told in order of dates. */
const TIMELINE =
  /\bhow (?:has|have|had|did|does|do)\b.{1,120}\b(?:chang|evolv|develop|progress|grow|grew|unfold|come about|gone up|go up|shift)\w*|\b(?:over (?:time|the years)|through(?:out)? the years|year by year|step by step|what happened when|(?:brief |short )?history of)\b|\bkab[- ]kab\b|\b(?:kaise|kis tarah) bad(?:a)?l\w*|कब[-\s]कब|समय के साथ|साल[-\s]दर[-\s]साल|(?:कैसे|किस तरह) (?:बदल|विकसित|आगे बढ़)|इतिहास|歩み|(?:どう|どのように)(?:変わ|変化|発展|進)|வரலாறு|காலப்போக்கில்|எப்போதெல்லாம்|எப்படி (?:மாறி|வளர்ந்|முன்னேறி)/iu;

/** The words of a question that ask for the order of time alone; empty for most. */
export function wordsOfOrder(question: string): string {
  return (question.match(ORDER_OF_TIME) ?? []).join(' ');
}

export function isTimelineQuestion(question: string): boolean {
  return TIMELINE.test(question) || wordsOfOrder(question) !== '';
}
