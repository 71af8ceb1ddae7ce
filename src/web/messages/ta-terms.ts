import type { Terms } from './en-terms.ts';

export const taTerms: Terms = {
  authority: {
    primary: 'மூல ஆதாரம்',
    official: 'அதிகாரப்பூர்வ ஆதாரம்',
    news: 'செய்தி ஆதாரம்',
    commentary: 'கருத்துரை',
  },
  authorityShort: { primary: 'மூலம்', official: 'அதிகாரப்பூர்வம்', news: 'செய்தி', commentary: 'கருத்துரை' },
  status: {
    'in-force': 'நடைமுறையில்',
    signed: 'கையெழுத்தானது',
    adopted: 'ஏற்கப்பட்டது',
    announced: 'அறிவிக்கப்பட்டது',
    proposed: 'முன்மொழியப்பட்டது',
    reported: 'செய்தியின்படி',
    speculative: 'ஊகம்',
  },
  kind: {
    treaty: 'உடன்படிக்கை',
    law: 'சட்டம்',
    'joint-statement': 'கூட்டறிக்கை',
    declaration: 'பிரகடனம்',
    memorandum: 'குறிப்பாணை',
    initiative: 'முன்முயற்சி',
    programme: 'திட்டம்',
    dialogue: 'பேச்சுவார்த்தை',
    news: 'செய்தி',
    commentary: 'கருத்துரை',
    document: 'ஆவணம்',
  },
  dateUnknown: 'தேதி தெரியவில்லை',
};
