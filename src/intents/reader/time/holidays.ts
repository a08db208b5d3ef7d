import { addDays, type CivilDate } from '../../../kernel/civil.ts';
import { dateOf, easterOf, weekdayInMonth, yearOf } from './calendar.ts';

/** The day in a year; a country where it depends on one; undefined where that country is not known. */
type Rule = (year: number, country: string | undefined) => CivilDate | undefined;

const fixed = (month: number, day: number): Rule => {
  return (year) => dateOf(year, month, day);
};
const easter = (days: number): Rule => {
  return (year) => addDays(easterOf(year), days);
};

/** Second Sunday of May but for those who keep another day. */
const mothersDay: Rule = (year, country) => {
  if (country === undefined) return undefined;
  if (country === 'GB' || country === 'IE') return addDays(easterOf(year), -21);
  if (country === 'FR' || country === 'SE') return weekdayInMonth(year, 5, 7, 5);
  if (country === 'ES' || country === 'PT') return weekdayInMonth(year, 5, 7, 1);
  return weekdayInMonth(year, 5, 7, 2);
};

const fathersDay: Rule = (year, country) => {
  if (country === undefined) return undefined;
  if (country === 'BE') return weekdayInMonth(year, 6, 7, 2);
  if (country === 'DE') return addDays(easterOf(year), 39);
  if (['IT', 'ES', 'PT'].includes(country)) return dateOf(year, 3, 19);
  return weekdayInMonth(year, 6, 7, 3);
};

const thanksgiving: Rule = (year, country) =>
  country === 'CA' ? weekdayInMonth(year, 10, 1, 2) : addDays(weekdayInMonth(year, 11, 4, 1), 21);

const labourDay: Rule = (year, country) =>
  country === 'US' || country === 'CA' ? weekdayInMonth(year, 9, 1, 1) : dateOf(year, 5, 1);

interface Holiday {
  /** Pattern source. */
  readonly names: string;
  readonly rule: Rule;
}

const HOLIDAYS: readonly Holiday[] = [
  { names: '(?:christmas|xmas|x-mas) eve', rule: fixed(12, 24) },
  { names: "boxing day|st\\.? stephen'?s day", rule: fixed(12, 26) },
  { names: '(?:christmas|xmas|x-mas)(?: day)?', rule: fixed(12, 25) },
  { names: "new year'?s? eve|sylvester|silvester", rule: fixed(12, 31) },
  { names: "(?:the )?new years?(?:'?s)?(?: day)?", rule: fixed(1, 1) },
  { names: 'epiphany|three kings(?: day)?', rule: fixed(1, 6) },
  { names: "(?:st\\.? |saint )?valentine'?s?(?:'?s)?(?: day)?", rule: fixed(2, 14) },
  { names: "(?:st\\.? |saint )patrick'?s(?: day)?", rule: fixed(3, 17) },
  { names: 'ash wednesday', rule: easter(-46) },
  { names: 'palm sunday', rule: easter(-7) },
  { names: 'good friday', rule: easter(-2) },
  { names: 'easter monday', rule: easter(1) },
  { names: 'easter(?: sunday)?', rule: easter(0) },
  { names: 'ascension(?: day)?', rule: easter(39) },
  { names: 'whit ?monday|pentecost monday', rule: easter(50) },
  { names: 'pentecost|whit ?sunday|whitsun', rule: easter(49) },
  { names: "mother'?s'? day", rule: mothersDay },
  { names: "father'?s'? day", rule: fathersDay },
  { names: "king'?s day", rule: fixed(4, 27) },
  { names: 'labou?r day|may day', rule: labourDay },
  { names: 'independence day', rule: fixed(7, 4) },
  { names: 'bastille day', rule: fixed(7, 14) },
  { names: "all saints(?:'? day)?", rule: fixed(11, 1) },
  { names: "hallowe'?en", rule: fixed(10, 31) },
  { names: 'guy fawkes(?: night)?|bonfire night', rule: fixed(11, 5) },
  { names: "(?:st\\.? |saint )martin'?s(?: day)?", rule: fixed(11, 11) },
  { names: 'thanksgiving(?: day)?', rule: thanksgiving },
  {
    names: 'black friday',
    rule: (year) => addDays(weekdayInMonth(year, 11, 4, 1), 22),
  },
  { names: "sinterklaas|(?:st\\.? |saint )nich?olas(?:'?s?)?(?: day)?", rule: fixed(12, 6) },
];

/** Pattern source: every holiday that can be dated. */
export const HOLIDAY = HOLIDAYS.map((holiday) => holiday.names).join('|');

/** Pattern source: times of the year that are different for everybody, so that they are asked about. */
export const VAGUE_TIME =
  '(?:(?:summer|winter|spring|autumn|easter|christmas|school|half-?term) (?:holidays?|vacations?|break|term)' +
  '|half[ -]term|summer|winter|spring|autumn|ramadan|eid(?: al-[a-z]+)?|diwali|hanukkah|passover|the holidays|carnival)';

const PATTERNS = HOLIDAYS.map((holiday) => ({ ...holiday, whole: new RegExp(`^(?:${holiday.names})$`) }));

/** The next such day from today on; undefined when it cannot be told. */
export function nextHoliday(
  name: string,
  today: CivilDate,
  country: string | undefined,
): CivilDate | undefined {
  const holiday = PATTERNS.find(({ whole }) => whole.test(name));
  if (!holiday) return undefined;
  const dates = [0, 1].map((ahead) => holiday.rule(yearOf(today) + ahead, country));
  return dates.find((date) => date !== undefined && date >= today);
}
