/** The words for what documents are; the widget has them too. */
export const enTerms = {
  authority: {
    primary: 'Primary source',
    official: 'Official source',
    news: 'News source',
    commentary: 'Commentary',
  },
  authorityShort: { primary: 'Primary', official: 'Official', news: 'News', commentary: 'Commentary' },
  status: {
    'in-force': 'In force',
    signed: 'Signed',
    adopted: 'Adopted',
    announced: 'Announced',
    proposed: 'Proposed',
    reported: 'Reported',
    speculative: 'Speculative',
  } as Readonly<Record<string, string>>,
  kind: {
    treaty: 'Treaty',
    law: 'Law',
    'joint-statement': 'Joint statement',
    declaration: 'Declaration',
    memorandum: 'Memorandum',
    initiative: 'Initiative',
    programme: 'Programme',
    dialogue: 'Dialogue',
    news: 'News',
    commentary: 'Commentary',
    document: 'Document',
  } as Readonly<Record<string, string>>,
  dateUnknown: 'Date unknown',
};

export type Terms = typeof enTerms;
