/** Questions to begin with, which the corpus answers in that language. */
export const EXAMPLES = {
  en: [
    'What did the 2025 annual summit decide on investment?',
    'When did the trade agreement CEPA enter into force?',
    'Who chairs Japan’s AI Strategy Headquarters?',
  ],
  hi: ['डिजिटल साझेदारी 2.0 क्या है?', 'जापान–भारत एआई सहयोग पहल कब शुरू हुई?', 'हिरोशिमा एआई प्रक्रिया क्या है?'],
  ja: [
    '日印AI協力イニシアティブ（JAI）とは何ですか？',
    '広島AIプロセスとは何ですか？',
    'デジタル・パートナーシップ2.0とは何ですか？',
  ],
  ta: [
    'இந்தியா–ஜப்பான் டிஜிட்டல் கூட்டாண்மை 2.0 பற்றி ஆவணங்கள் என்ன சொல்கின்றன?',
    'ஹிரோஷிமா AI செயல்முறை என்றால் என்ன?',
    'இந்தியா–ஜப்பான் AI ஒத்துழைப்பு முன்முயற்சி (JAI) என்றால் என்ன?',
  ],
};
