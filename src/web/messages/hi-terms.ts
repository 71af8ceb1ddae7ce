import type { Terms } from './en-terms.ts';

export const hiTerms: Terms = {
  authority: {
    primary: 'मूल स्रोत',
    official: 'आधिकारिक स्रोत',
    news: 'समाचार स्रोत',
    commentary: 'टिप्पणी',
  },
  authorityShort: { primary: 'मूल', official: 'आधिकारिक', news: 'समाचार', commentary: 'टिप्पणी' },
  status: {
    'in-force': 'लागू',
    signed: 'हस्ताक्षरित',
    adopted: 'अंगीकृत',
    announced: 'घोषित',
    proposed: 'प्रस्तावित',
    reported: 'समाचारों के अनुसार',
    speculative: 'अनुमानित',
  },
  kind: {
    treaty: 'संधि',
    law: 'क़ानून',
    'joint-statement': 'संयुक्त वक्तव्य',
    declaration: 'घोषणा',
    memorandum: 'ज्ञापन',
    initiative: 'पहल',
    programme: 'कार्यक्रम',
    dialogue: 'संवाद',
    news: 'समाचार',
    commentary: 'टिप्पणी',
    document: 'दस्तावेज़',
  },
  dateUnknown: 'तिथि अज्ञात',
};
