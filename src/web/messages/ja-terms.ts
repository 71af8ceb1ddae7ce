import type { Terms } from './en-terms.ts';

export const jaTerms: Terms = {
  authority: {
    primary: '一次資料',
    official: '公式発表',
    news: '報道',
    commentary: '論評',
  },
  authorityShort: { primary: '一次資料', official: '公式', news: '報道', commentary: '論評' },
  status: {
    'in-force': '発効中',
    signed: '署名済み',
    adopted: '採択済み',
    announced: '発表済み',
    proposed: '提案段階',
    reported: '報道段階',
    speculative: '推測',
  },
  kind: {
    treaty: '条約',
    law: '法律',
    'joint-statement': '共同声明',
    declaration: '宣言',
    memorandum: '覚書',
    initiative: 'イニシアティブ',
    programme: '計画',
    dialogue: '対話',
    news: '報道',
    commentary: '論評',
    document: '文書',
  },
  dateUnknown: '日付不明',
};
