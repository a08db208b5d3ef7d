import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { isFailure, must } from '../kernel/result.ts';
import type { Card, FileContent } from './found.ts';
import { planImport } from './plan-import.ts';
import { readFileContent } from './read-file.ts';
import { CARDS, fileOf } from './testing.ts';
import { readCardLines } from './vcard-lines.ts';
import { splitValue, unescapeText } from './vcard-values.ts';

/** `property | label | value` of what a file brings, and `line what code` of what it does not. */
function readingOf(octets: Uint8Array): { taken: string[]; skipped: string[] } {
  const plan = planImport(must(readFileContent(octets)), undefined);
  return {
    taken: plan.planned.map(({ content: c }) => [c.property, c.label, c.value].join(' | ')),
    skipped: plan.skipped.map((s) => `${s.line} ${s.what} ${s.code}`),
  };
}

const card = (...lines: string[]): string[] => ['BEGIN:VCARD', ...lines, 'END:VCARD'];

function onlyCard(octets: Uint8Array): Card {
  const content: FileContent = must(readFileContent(octets));
  assert.equal(content.cards.length, 1);
  const [only] = content.cards;
  assert.ok(only);
  return only;
}

test('an iPhone’s card: groups with their labels, a day without its year, marks around a number', () => {
  const { taken, skipped } = readingOf(fileOf(CARDS.ios));
  assert.deepEqual(taken, [
    'schema:familyName | Family name | Peeters',
    'schema:givenName | First name | Zoë',
    'schema:additionalName | Middle name | Marie',
    'schema:honorificPrefix | Title before the name | Dr.',
    'schema:name | Name | Dr. Zoë Marie Peeters',
    'schema:alternateName | Nickname | Zo',
    'schema:worksFor | Works for | Peeters & Co',
    'schema:department | Department | Workshop',
    'schema:jobTitle | Job title | Carpenter',
    'schema:email | E-mail (home) | zoe@example.org',
    'schema:email | E-mail (Band) | zoe@work.example',
    'schema:telephone | Phone (mobile) | +32 470 12 34 56',
    'schema:faxNumber | Fax (home) | +32 9 123 45 67',
    'schema:address | Address (home) | Kerkstraat 1, Bus 2\n9000 Gent\nOost-Vlaanderen\nBelgië',
    'schema:url | Website (HomePage) | https://zoe.example.org',
    'schema:birthDate | Date of birth | --05-06',
    'vcard:anniversary | Anniversary | 2009-06-20',
    'vcard:related | Somebody close (Brother) | Jan Peeters',
    'vcard:socialprofile | Profile elsewhere (mastodon) | https://social.example/@zoe',
    'vcard:impp | Chat address (home) | xmpp:zoe@example.org',
    'vcard:note | Note | Plays the trumpet, badly.\nTuesdays only.',
  ]);
  assert.ok(skipped.includes('26 PHOTO not-kept-here'));
  assert.ok(skipped.includes('28 UID about-the-file'));
});

test('an Android’s card: 2.1 in quoted-printable, with soft line breaks and bare types', () => {
  const { taken, skipped } = readingOf(fileOf(CARDS.android));
  assert.deepEqual(taken, [
    'schema:familyName | Family name | Müller',
    'schema:givenName | First name | Jörg',
    'schema:name | Name | Jörg Müller',
    'schema:alternateName | Nickname | Jöggi',
    'schema:telephone | Phone (mobile) | 0170-1234567',
    'schema:faxNumber | Fax (work) | +49 30 1234567',
    'schema:email | E-mail (home) | joerg@example.org',
    'schema:address | Address (home) | Lange Straße 17\n10115 Berlin\nDeutschland',
    'schema:birthDate | Date of birth | 1975-12-01',
  ]);
  assert.deepEqual(skipped, ['12 PHOTO not-kept-here']);
});

test('Outlook’s card: each line in the set it names; a line in none is refused by itself', () => {
  const { taken, skipped } = readingOf(fileOf(CARDS.outlook, 'latin1'));
  assert.ok(taken.includes('schema:name | Name | Renée Lefèvre'));
  assert.ok(taken.includes('schema:worksFor | Works for | Ébénisterie œuvre'));
  assert.ok(taken.includes('schema:address | Address (work) | 12 rue Haute\n75001 Paris\nFrance'));
  assert.ok(taken.includes('vcard:anniversary | Anniversary | 2001-09-14'));
  assert.ok(skipped.includes('7 TITLE encoding'));
  assert.ok(skipped.includes('11 LABEL about-the-file'));
  assert.equal(taken.filter((t) => t.startsWith('schema:address ')).length, 1);
});

test('Google’s and Thunderbird’s cards', () => {
  const google = readingOf(fileOf(CARDS.google));
  assert.ok(google.taken.includes('schema:name | Name | Ayşe Yılmaz'));
  assert.ok(google.taken.includes('schema:birthDate | Date of birth | 1990-04-12'));
  assert.ok(google.taken.includes('schema:gender | Gender | female'));
  assert.ok(
    google.taken.includes('schema:image | Picture (its web address) | https://pictures.example/ayse.jpg'),
  );
  assert.ok(google.skipped.includes('15 CATEGORIES not-kept-here'));
  const thunderbird = readingOf(fileOf(CARDS.thunderbird));
  assert.ok(thunderbird.taken.includes('schema:alternateName | Nickname | Kjærsen'));
  assert.ok(thunderbird.taken.includes('schema:telephone | Phone (mobile) | +45-31-23-45-67'));
  assert.ok(thunderbird.taken.includes('schema:birthDate | Date of birth | --02-29'));
  assert.ok(thunderbird.taken.includes('vcard:tz | Time zone | Europe/Copenhagen'));
  assert.deepEqual(thunderbird.skipped.slice(0, 2), [
    '15 RELATED somebody-else',
    '17 X-CUSTOM1 unknown-property',
  ]);
});

test('line ends of every kind, and folds in the middle of a character', () => {
  const text = card('VERSION:3.0', 'FN:Zoë').join('\n');
  for (const ending of ['\n', '\r\n', '\r']) {
    assert.equal(onlyCard(new Uint8Array(Buffer.from(text.replaceAll('\n', ending)))).name, 'Zoë');
  }
  const octets = Buffer.from(text);
  const inside = octets.indexOf(0xc3) + 1;
  const folded = Buffer.concat([octets.subarray(0, inside), Buffer.from('\r\n '), octets.subarray(inside)]);
  assert.equal(onlyCard(new Uint8Array(folded)).name, 'Zoë');
  const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), octets]);
  assert.equal(onlyCard(new Uint8Array(marked)).name, 'Zoë');
});

test('what cannot be read is named by its line and spoils nothing else', () => {
  const lines = card(
    'VERSION:3.0',
    'FN:Anna',
    'this is no line of a card',
    'EMAIL:not an address',
    'N;ENCODING=QUOTED-PRINTABLE:=ZZ',
    'TITLE;CHARSET=KLINGON-8:Qapla',
    'BDAY:1980-02-30',
    'URL:javascript:alert(1)',
    'ADR:;;;;;;',
    'AGENT:',
    'BEGIN:VCARD',
    'FN:Somebody else',
    'END:VCARD',
    'EMAIL:anna@example.org',
  );
  const { taken, skipped } = readingOf(fileOf(['stray', ...lines]));
  assert.deepEqual(taken, ['schema:name | Name | Anna', 'schema:email | E-mail | anna@example.org']);
  assert.deepEqual(skipped, [
    '1 Line malformed',
    '5 Line malformed',
    '6 EMAIL value-unfit',
    '7 N encoding',
    '8 TITLE encoding',
    '9 BDAY value-unfit',
    '10 URL value-unfit',
    '11 ADR empty',
    '12 AGENT somebody-else',
  ]);
});

test('a file that is cut off, empty, of another kind or in another encoding is refused whole', () => {
  const refusals: [Uint8Array, string][] = [
    [fileOf(['BEGIN:VCARD', 'VERSION:3.0', 'FN:Anna']), 'file-cut-off'],
    [fileOf(['', '  ']), 'file-empty'],
    [fileOf(['name,mail', 'Anna,anna@example.org']), 'file-not-understood'],
    [new Uint8Array(Buffer.from(`\ufeff${card('FN:Anna').join('\r\n')}`, 'utf16le')), 'file-encoding'],
    [new Uint8Array(Buffer.from(card('FN:An\u0000na').join('\r\n'))), 'file-encoding'],
    [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]), 'file-encoding'],
  ];
  for (const [octets, code] of refusals) {
    const content = readFileContent(octets);
    assert.ok(isFailure(content));
    assert.equal(content.code, code);
  }
});

test('hostile strings: control characters, reversed text and huge lines are refused, nothing runs away', () => {
  const { taken, skipped } = readingOf(
    fileOf(
      card(
        'VERSION:3.0',
        'FN:Anna\u0007',
        'TITLE:abc\u202edcba',
        `ORG:${'x'.repeat(300)}`,
        `NOTE:${'n'.repeat(10_001)}`,
        `${';'.repeat(20_000)}:x`,
        `TEL;TYPE=${'A,'.repeat(20_000)}:123456`,
        "NICKNAME:'); drop table items; --",
      ),
    ),
  );
  assert.deepEqual(taken, [
    'schema:telephone | Phone | 123456',
    "schema:alternateName | Nickname | '); drop table items; --",
  ]);
  assert.deepEqual(
    skipped.map((s) => s.split(' ').at(-1)),
    ['value-unfit', 'value-unfit', 'value-unfit', 'value-unfit', 'malformed'],
  );
});

test('whatever the octets, the reader answers and never throws', () => {
  const word = fc.constantFrom(
    'BEGIN:VCARD',
    'END:VCARD',
    'VERSION:2.1',
    'FN',
    ';',
    ':',
    '=',
    '=\r\n',
    '\r\n ',
    '"',
    ',',
    '\\',
    'ENCODING=QUOTED-PRINTABLE',
    'ü',
    '\n',
  );
  const soup = fc.array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 60 });
  fc.assert(
    fc.property(soup, (words) => {
      const octets = new Uint8Array(Buffer.from(`BEGIN:VCARD\n${words.join('')}\nEND:VCARD\n`));
      const content = readFileContent(octets);
      if (!isFailure(content)) planImport(content.value, 1);
    }),
    { numRuns: 2_000 },
  );
});

test('another program’s reader sees the same in versions 3.0 and 4.0', () => {
  for (const lines of [CARDS.ios, CARDS.google, CARDS.thunderbird]) {
    const theirs = ICAL.Component.fromString(lines.join('\r\n')).getAllProperties();
    const [mine] = must(readCardLines(fileOf(lines))).cards;
    assert.ok(mine);
    const others = theirs.filter((p) => p.name !== 'version');
    assert.deepEqual(
      mine.lines.map((line) => line.name.toLowerCase()),
      others.map((p) => p.name),
    );
    for (const [index, line] of mine.lines.entries()) {
      const other = others[index];
      assert.ok(other);
      assert.equal(line.group, other.getParameter('group')?.toString().toUpperCase());
      const types = [other.getParameter('type') ?? []].flat().map((type) => type.toUpperCase());
      assert.deepEqual([...line.types], types);
      const values = other.getValues().flat().map(String);
      if (['n', 'adr', 'org'].includes(other.name)) assert.deepEqual(splitValue(line, ';'), values);
      if (other.name === 'nickname') assert.deepEqual(splitValue(line, ','), values);
      if (['fn', 'title', 'email', 'note'].includes(other.name)) {
        assert.deepEqual([unescapeText(line.value, line.version)], values);
      }
    }
  }
});
