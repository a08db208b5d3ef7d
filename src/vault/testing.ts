import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '../kernel/result.ts';
import { makeUpload, type Upload } from '../kernel/upload.ts';
import { insertHeldParty } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';

/** Files as programs write them, one array entry a line; the people in them do not exist. */
export const CARDS = {
  /** An iPhone: 3.0, groups with Apple's labels, a day without its year. */
  ios: [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'PRODID:-//Apple Inc.//iPhone OS 17.4//EN',
    'N:Peeters;Zoë;Marie;Dr.;',
    'FN:Dr. Zoë Marie Peeters',
    'NICKNAME:Zo',
    'ORG:Peeters & Co;Workshop',
    'TITLE:Carpenter',
    'EMAIL;type=INTERNET;type=HOME;type=pref:zoe@example.org',
    'item1.EMAIL;type=INTERNET:zoe@work.example',
    'item1.X-ABLabel:Band',
    'TEL;type=CELL;type=VOICE;type=pref:\u202a+32 470 12 34 56\u202c',
    'TEL;type=HOME;type=FAX:+32 9 123 45 67',
    'item2.ADR;type=HOME;type=pref:;;Kerkstraat 1\\nBus 2;Gent;Oost-Vlaanderen;9000;België',
    'item2.X-ABADR:be',
    'item3.URL;type=pref:https\\://zoe.example.org',
    'item3.X-ABLabel:_$!<HomePage>!$_',
    'BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-06',
    'item4.X-ABDATE;type=pref:2009-06-20',
    'item4.X-ABLabel:_$!<Anniversary>!$_',
    'item5.X-ABRELATEDNAMES;type=pref:Jan Peeters',
    'item5.X-ABLabel:_$!<Brother>!$_',
    'X-SOCIALPROFILE;type=mastodon:https://social.example/@zoe',
    'IMPP;X-SERVICE-TYPE=Jabber;type=HOME:xmpp:zoe@example.org',
    'NOTE:Plays the trumpet\\, badly.\\nTuesdays only.',
    'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD',
    ' 2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwg',
    'UID:2e0f0a2a-9d8c-4c0e-8a53-0f1a3a9b1c11',
    'END:VCARD',
  ],
  /** An older Android: 2.1, quoted-printable with soft line breaks, bare types, its own custom line. */
  android: [
    'BEGIN:VCARD',
    'VERSION:2.1',
    'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;',
    'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=BCller',
    'X-ANDROID-CUSTOM;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:vnd.android.cursor.item/nickname;J=C3=B6ggi;1;;;;;;;;;;;;;',
    'TEL;CELL;PREF:0170-1234567',
    'TEL;WORK;FAX:+49 30 1234567',
    'EMAIL;HOME:joerg@example.org',
    'ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;Lange Stra=C3=9Fe=20=',
    '17;Berlin;;10115;Deutschland',
    'BDAY:1975-12-01',
    'PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgK',
    ' DBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQk=',
    '',
    'END:VCARD',
  ],
  /** Outlook: 2.1 with 8-bit text in the character set that it names. Written in latin1. */
  outlook: [
    'BEGIN:VCARD',
    'VERSION:2.1',
    'X-MS-SIGNATURE:YES',
    'N;LANGUAGE=fr;CHARSET=Windows-1252:Lef\u00e8vre;Ren\u00e9e;;Mme',
    'FN;CHARSET=Windows-1252:Ren\u00e9e Lef\u00e8vre',
    'ORG;CHARSET=Windows-1252:\u00c9b\u00e9nisterie \u0153uvre;Atelier'.replace('\u0153', '\u009c'),
    'TITLE:Gérante',
    'TEL;WORK;VOICE:+33 1 23 45 67 89',
    'TEL;CELL;VOICE:(06) 12 34 56 78',
    'ADR;WORK;PREF:;;12 rue Haute;Paris;;75001;France',
    'LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:12 rue Haute=0D=0A=',
    '75001 Paris',
    'X-MS-OL-DEFAULT-POSTAL-ADDRESS:2',
    'URL;WORK:http://renee.example',
    'EMAIL;PREF;INTERNET:renee@example.org',
    'X-MS-ANNIVERSARY;VALUE=DATE:20010914',
    'X-MS-IMADDRESS:renee@chat.example',
    'REV:20240101T120000Z',
    'END:VCARD',
  ],
  /** Google Contacts: 3.0, groups, its own label lines, categories. */
  google: [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'FN:Ayşe Yılmaz',
    'N:Yılmaz;Ayşe;;;',
    'EMAIL;TYPE=INTERNET;TYPE=HOME:ayse@example.org',
    'TEL;TYPE=CELL:+90 532 123 45 67',
    'ADR;TYPE=HOME:;;İstiklal Cd. 5;Beyoğlu;İstanbul;34430;TR',
    'item1.ORG:Yılmaz Müzik',
    'item2.URL:https\\://www.example.org/~ayse',
    'item2.X-ABLabel:PROFILE',
    'BDAY:19900412',
    'item3.X-ABDATE:2015-08-01',
    'item3.X-ABLabel:First concert',
    'GENDER:F',
    'CATEGORIES:myContacts,starred',
    'PHOTO:https://pictures.example/ayse.jpg',
    'END:VCARD',
  ],
  /** Thunderbird: 4.0, preferences, RFC 6350 dates and addresses. */
  thunderbird: [
    'BEGIN:VCARD',
    'VERSION:4.0',
    'FN:Søren Kjær',
    'N:Kjær;Søren;;;',
    'NICKNAME:Sør,Kjærsen',
    'EMAIL;PREF=1;TYPE=work:soren@example.org',
    'TEL;VALUE=URI;TYPE=cell:tel:+45-31-23-45-67',
    'ADR;TYPE=home;LABEL="Åboulevard 3, 8000 Aarhus":;;Åboulevard 3;Aarhus C;;8000;Danmark',
    'BDAY;VALUE=DATE:--0229',
    'ANNIVERSARY:20100515',
    'TZ;VALUE=TEXT:Europe/Copenhagen',
    'LANG:da',
    'GEO:geo:56.1572,10.2107',
    'IMPP;PREF=1:xmpp:soren@example.org',
    'RELATED;TYPE=spouse:urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af',
    'HOBBY:sailing',
    'X-CUSTOM1;VALUE=TEXT:something of one program',
    'UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
    'END:VCARD',
  ],
} as const;

/** Lets parties live here, since My data is sealed under what each of them has. */
export async function settle(deps: BaseDeps, homes: readonly string[]): Promise<void> {
  for (const home of homes) {
    const party = { handle: home, name: home, kind: 'person', sample: null, identities: 0 } as const;
    await deps.storage.transact(home, async (tx) => ok(await insertHeldParty(tx, deps, party)));
  }
}

/** The octets of lines as a file in UTF-8, or latin1 where one program writes that. */
export function fileOf(lines: readonly string[], encoding: 'utf8' | 'latin1' = 'utf8'): Uint8Array {
  return new Uint8Array(Buffer.from(lines.map((line) => `${line}\r\n`).join(''), encoding));
}

/** A file that has come in, as a door would hand it over; it lies in this folder. */
export function uploadOf(folder: string, name: string, octets: Uint8Array): Upload {
  const path = join(folder, `${name}.upload`);
  writeFileSync(path, octets);
  return makeUpload(path, name, octets.length, async () => {});
}
