/** Strings that have broken programs, each for its own reason. */
export const NAUGHTY: readonly string[] = [
  // Nothing, and what looks like nothing or like something else.
  ...[
    '',
    ' ',
    '\t',
    '\n',
    '\u00a0',
    '\u200b',
    '\ufeff',
    '\u2800',
    'null',
    'undefined',
    'NaN',
    'true',
    '0',
    '-1',
  ],
  // Control characters and half characters.
  ...[
    '\0',
    'a\0b',
    '\u0001\u0007\u001b[2J',
    '\u007f',
    '\u0085',
    'a\rb',
    '\ud800',
    'x\udfffy',
    '\ufffe\uffff',
  ],
  // Direction: overrides, isolates, and honest right-to-left.
  ...['\u202eevil\u202c', '\u2066a\u2069', '\u200fשלום', 'مرحبا بالعالم', 'abc\u061cdef'],
  // More than one code unit, code point or glyph a character.
  ...[
    '🎺',
    '👩‍👩‍👧‍👦',
    '🇧🇪',
    '👍🏽',
    '𝒳𝓎𝓏',
    'e\u0301',
    'é',
    'Å',
    'ﬁ',
    '\u1100\u1161',
    'ﷺ',
    `Z${'\u0335'.repeat(60)}`,
  ],
  // Letters that look like others, and letters that change their length with their case.
  ...['раураl', 'pay\u200dpal', 'İstanbul', 'ıIİi', 'Straße', 'ΑΒΓ', '１２３', 'ｈome'],
  // Other languages' quotes and commands.
  ...["'; drop table items; --", '" or ""="', '%', '_', '\\', '\\u0000', '$1', ':home_id', '?', '{{7*7}}'],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    '&lt;b&gt;',
    ']]>',
  ],
  ...[
    '../../etc/passwd',
    'C:\\con\\nul',
    '/dev/null',
    '$(reboot)',
    '`id`',
    '| cat',
    '--help',
    '=1+1',
    '@SUM(A1)',
  ],
  ...['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'length', '{"a":1}', '[]', 'schema:email'],
  // Numbers, dates and units that are none, or nearly.
  ...[
    '1e400',
    '9223372036854775808',
    '-9223372036854775809',
    '0x10',
    '1_000',
    '٣',
    '2026-02-30',
    '0000-00-00',
  ],
  ...['+275760-09-13', '2026-11-02T10:00:00Z', 'EUR', 'eur', '\u20ac'],
  // Long, and long to look through.
  ...[
    'a'.repeat(201),
    'x'.repeat(10_001),
    '🎺'.repeat(5_001),
    ' '.repeat(5_000),
    'ab '.repeat(3_000),
    '('.repeat(500),
  ],
];
