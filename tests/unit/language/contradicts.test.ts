import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contradicts, findDifference, type Difference, type Statement } from '../../../src/language/contradicts.ts';

const stated = (text: string, title: string, date: string | null = null): Statement => ({ text, title, date });
const differenceOf = (a: string, b: string): Difference | undefined =>
  findDifference(stated(a, 'Ferry notes'), stated(b, 'Port report'));

describe('a difference is found between', () => {
  test.each<[Difference, string, string, string]>([
    [
      'date',
      'days in other words',
      'The harbour office in Kobe opens on 3 May 2027 with a public fair.',
      'The new harbour office in Kobe will open its doors on 9 June 2027.',
    ],
    [
      'date',
      'two days of signature',
      'The civil ferry agreement was signed on 11 November 2016 in Kobe.',
      'The civil ferry agreement was inked in Kobe on 12 November 2016.',
    ],
    [
      'number',
      'sums',
      'The ferry accord provides 40 million yen for new piers.',
      'The ferry accord provides 55 million yen for new piers, the ministry wrote.',
    ],
    [
      'number',
      'counts',
      'Some 120 companies joined the harbour council in Kobe.',
      'A total of 180 companies joined the harbour council in Kobe.',
    ],
    [
      'name',
      'persons',
      'The ferry accord was signed for the port by Taro Aoki in a short ceremony.',
      'The ferry accord was signed for the port by Hanako Sato in a short ceremony.',
    ],
    [
      'name',
      'places',
      'The founding conference of the council was held in Kobe in spring.',
      'The founding conference of the council was held in Nagoya in spring.',
    ],
    [
      'date',
      'days in Japanese',
      '神戸の港湾事務所は2027年5月3日に開所する。',
      '神戸の港湾事務所は2027年6月9日に開所する。',
    ],
    ['number', 'counts in Japanese', '協議会には19組織が参加した。', '協議会には26組織が参加した。'],
    ['name', 'places in Japanese', '協定は春に神戸で署名された。', '協定は春に大阪で署名された。'],
    ['name', 'persons in Japanese', '協定はスズキが神戸の式典で署名した。', '協定はサトウが神戸の式典で署名した。'],
    ['date', 'days in Hindi', 'कोबे का बंदरगाह कार्यालय 3 मई 2027 को खुलेगा।', 'कोबे का बंदरगाह कार्यालय 9 जून 2027 को खुलेगा।'],
    ['number', 'sums in Hindi', 'कोष में बंदरगाहों के लिए 40 करोड़ रुपये हैं।', 'कोष में बंदरगाहों के लिए 55 करोड़ रुपये हैं।'],
    ['name', 'places in Hindi', 'समझौते पर वसंत में कोबे में हस्ताक्षर हुए।', 'समझौते पर वसंत में ओसाका में हस्ताक्षर हुए।'],
    [
      'date',
      'days in Tamil',
      'கோபி துறைமுக அலுவலகம் 3 மே 2027 அன்று திறக்கப்படும்.',
      'கோபி துறைமுக அலுவலகம் 9 ஜூன் 2027 அன்று திறக்கப்படும்.',
    ],
  ])('(%s) %s', (difference, _name, ...[a, b]) => {
    expect(differenceOf(a, b)).toBe(difference);
    expect(differenceOf(b, a)).toBe(difference);
  });
});

describe('no difference is seen between', () => {
  test.each([
    [
      'the first and the second round',
      'The first round of the ferry talks was held on 3 May 2026.',
      'The second round of the ferry talks was held on 9 June 2026.',
    ],
    [
      'phases',
      'Phase 1 of the port project costs 40 million dollars.',
      'Phase 2 of the port project costs 90 million dollars.',
    ],
    [
      'years',
      'In 2023 the port of Kobe handled 4 million tonnes of cargo.',
      'In 2024 the port of Kobe handled 5 million tonnes of cargo.',
    ],
    [
      'subjects',
      'The tram line in Kobe costs 4 billion yen in all.',
      'The ferry line in Kobe costs 6 billion yen in all.',
    ],
    ['countries', 'Japan exports 300 ferries to Kenya each year.', 'India exports 200 ferries to Kenya each year.'],
    ['cities', 'The Kobe office opens on 3 May 2027 at noon.', 'The Osaka office opens on 9 June 2027 at noon.'],
    ['units of one length', 'The bridge in Kobe is 1.5 kilometres long.', 'The bridge in Kobe is 1,500 metres long.'],
    ['currencies', 'The fund holds 50 million dollars for ports.', 'The fund holds 7 billion yen for ports.'],
    ['words for sizes', 'The fund holds 40 crore rupees for ports.', 'The fund holds 400 million rupees for ports.'],
    [
      'about and exactly',
      'The fund holds about 1,000 crore rupees for ports.',
      'The fund holds 988.6 crore rupees for ports.',
    ],
    [
      'a range and what lies in it',
      'The fund holds 10 to 20 million yen for ports.',
      'The fund holds 15 million yen for ports.',
    ],
    [
      'more than and the number',
      'More than 500 nurses came to Osaka under the plan.',
      'Under the plan 620 nurses came to Osaka.',
    ],
    ['a month and its day', 'The office in Kobe opens in May 2027.', 'The office in Kobe opens on 3 May 2027.'],
    ['cars and people', 'The ferry carries 200 cars and 40 trucks.', 'The ferry carries 200 cars and 900 passengers.'],
    [
      'what happened on each day',
      'The civil ferry agreement between India and Japan was signed on 11 November 2016.',
      'The civil ferry agreement between India and Japan entered into force on 20 July 2017.',
    ],
    ['rounds in Japanese', '第1回会合は2026年5月3日に神戸で開かれた。', '第2回会合は2026年6月9日に神戸で開かれた。'],
    ['about and exactly in Japanese', '協定の予算は約10億円である。', '協定の予算は9億8000万円である。'],
    ['subjects in Japanese', '神戸で協定が署名された。', '大阪で協定が署名された。'],
    ['rounds in Hindi', 'वार्ता का पहला दौर 3 मई 2026 को हुआ।', 'वार्ता का दूसरा दौर 9 जून 2026 को हुआ।'],
    ['sizes in Hindi', 'कोष में बंदरगाहों के लिए 40 करोड़ रुपये हैं।', 'कोष में बंदरगाहों के लिए 400 मिलियन रुपये हैं।'],
  ])('%s', (_name, a, b) => {
    expect(differenceOf(a, b)).toBeUndefined();
    expect(differenceOf(b, a)).toBeUndefined();
  });

  test('reports of what happens every year', () => {
    const [a, b] = ['3 May 2024', '9 May 2025'].map((day) => `The fair was held on ${day} in the harbour of Kobe.`);
    expect(contradicts(stated(a ?? '', 'Fair', '2024-05-10'), stated(b ?? '', 'Fair', '2025-05-12'))).toBe(false);
    expect(contradicts(stated(a ?? '', 'Fair', '2025-05-10'), stated(b ?? '', 'Fair', '2025-05-12'))).toBe(true);
  });
});

test('no sentence differs from itself, and a difference is the same from both sides', () => {
  const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-12-31'), noInvalidDate: true });
  const said = (date: Date, amount: number): string =>
    `The harbour fund of Kobe pays ${amount} million yen on ${date.toISOString().slice(0, 10)} for piers.`;
  fc.assert(
    fc.property(day, day, fc.integer({ min: 1, max: 999 }), (first, second, amount) => {
      const [a, b] = [said(first, amount), said(second, amount)];
      expect(differenceOf(a, a)).toBeUndefined();
      expect(differenceOf(a, b)).toBe(differenceOf(b, a));
      expect(differenceOf(a, b)).toBe(a === b ? undefined : 'date');
    }),
  );
});

test.each(['1', '1,', '1 million ', 'first ', 'Kobe ', 'about 10 to ', '第1', '協定は', '3 May '])(
  'a sentence made of %j over and over is read in time',
  (part) => {
    const long = part.repeat(Math.ceil(4000 / part.length));
    expect(differenceOf(long, `${long}x`)).toBeUndefined();
  },
);
