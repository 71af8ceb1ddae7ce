import { expect, test } from 'vitest';
import { namesIn } from '../../../src/language/proper-names.ts';

test.each([
  ['The United States and Japan agreed.', ['अमेरिका', 'जापान']],
  ['The US agreed with Japanese firms.', ['अमरीका', 'जापान']],
  ['日本と米国が合意した。', ['जापान', 'अमरीका']],
])('%s names %j', (text, names) => {
  expect(namesIn(text, 'hi').toSorted()).toEqual(names.toSorted());
});

test.each(['They are used in magnets.', 'It told us of it.', 'They may meet, and it will march on.'])(
  '%s names nobody, though its words sound like names',
  (text) => {
    expect(namesIn(text, 'hi')).toEqual([]);
  },
);
