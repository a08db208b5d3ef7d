/** What terms may be about. `service` and `portability` are owed to a person, the others done with their data. */
export type Practice =
  | 'service'
  | 'analytics'
  | 'tracking'
  | 'profiling'
  | 'sharing'
  | 'portability'
  | 'intent'
  | 'ai'
  | 'public-good'
  | 'identity';

export interface PlainLine {
  readonly line: string;
  readonly effect: 'allows' | 'forbids';
  readonly practice: Practice;
}

/** Terms can be compared within a family only. */
type Family = 'service' | 'contribution' | 'personal';

export interface RosterEntry {
  readonly id: string;
  readonly iri: string;
  readonly family: Family;
  readonly name: string;
  readonly plain: readonly PlainLine[];
  readonly text: string;
  readonly aliases: readonly string[];
  /** Where its effects come from: W3C's vocabulary for IEEE 7012, or, where that has none, us. */
  readonly effectsFrom: 'vocabulary' | 'ours';
}

/** To be shown wherever the roster is. */
export const ROSTER_NOTICE =
  'The identifiers are those of IEEE 7012. Every line and text is our own wording and not normative: it is neither ' +
  'the text of the standard nor of any registry. What terms do not allow, they do not permit.';

/** The namespace of the Data Privacy Vocabulary for IEEE 7012 (W3C community group, version 2.2). */
export const NAMESPACE = 'https://w3id.org/dpv/standards/p7012#';

/** Proffered unless somebody chooses otherwise, and what goes with every cast. */
export const DEFAULT_TERMS = 'SD-BASE';
export const CAST_TERMS = 'PDC-INTENT';

const allows = (practice: Practice, line: string): PlainLine => ({ line, effect: 'allows', practice });
const forbids = (practice: Practice, line: string): PlainLine => ({ line, effect: 'forbids', practice });

const SERVICE = allows('service', 'They use what you give them to do what was agreed, and for nothing else.');
const PORTABLE = allows('portability', 'You can take your data with you, whole and in a usual format.');
const NO_ANALYTICS = forbids('analytics', 'They must not count or study what you do beyond what was agreed.');
const NO_TRACKING = forbids('tracking', 'They must not follow you over time or from place to place.');
const NO_PROFILING = forbids('profiling', 'They must not build a picture of you to guess or decide from.');
const NO_SHARING = forbids('sharing', 'They must not pass your data on to anybody else.');
const ANALYTICS = allows('analytics', 'They may count and study how you use their own service.');
const TRACKING = allows('tracking', 'They may recognise you when you come back to their own service.');
const PROFILING = allows('profiling', 'They may build a picture of you from your use of their own service.');
const SHARING = allows('sharing', 'They may pass data on to others once nothing in it can point to you.');

/** What all terms of service say of keeping data and of the end. */
export const KEEPING =
  'You keep it no longer than that takes or the law demands. When I end it, you stop, you delete what you may no longer ' +
  'keep, and we both keep this agreement.';

const OPENING =
  'I give you the data you need to do what we agreed. You use it for that and for nothing else, keep it no longer ' +
  'than that takes or the law demands, and keep it safe.';
const CLOSING =
  'Whoever works for you is bound by this as you are. When I end it, you stop, you delete what you may no longer ' +
  'keep, and we both keep this agreement.';
const ANALYTICS_TEXT =
  'You may measure how your own service is used, my use included, to run it and to make it better. Nobody else may ' +
  'do so with my data.';
const TRACKING_TEXT =
  'You may recognise me when I come back to your own service and remember what I did there. You do not follow me ' +
  'elsewhere, and nobody follows me through you.';
const PROFILING_TEXT =
  'You may draw conclusions about me from my use of your own service, to suit it to me. Where a conclusion decides ' +
  'something that matters to me, I can ask how it was reached and have a person look at it again.';
const SHARING_TEXT =
  'You may pass on data that comes from mine once it is fully anonymous: once neither you nor anybody else can find ' +
  'me in it, alone or beside other data. Whatever can still point to me stays with you.';
const PORTABILITY_TEXT =
  'When I ask, you give me all you hold about me, whole, within a month and without charge, in a form that other ' +
  'programs commonly read, or you send it to somebody I name.';

interface Step {
  readonly suffix: string;
  readonly name: string;
  readonly plain: readonly PlainLine[];
  readonly paragraphs: readonly string[];
}

/** From nothing but the service to the most that may be granted; each also exists with portability. */
const STEPS: readonly Step[] = [
  {
    suffix: '',
    name: 'Only what the service needs',
    plain: [NO_ANALYTICS, NO_TRACKING, NO_PROFILING, NO_SHARING],
    paragraphs: ['You do not analyse, track, profile or share, and you let nobody else do it.'],
  },
  {
    suffix: '-A',
    name: 'The service, and counting its use',
    plain: [ANALYTICS, NO_TRACKING, NO_PROFILING, NO_SHARING],
    paragraphs: [ANALYTICS_TEXT, 'You do not track, profile or share, and you let nobody else do it.'],
  },
  {
    suffix: '-AT',
    name: 'The service, counting its use and recognising me',
    plain: [ANALYTICS, TRACKING, NO_PROFILING, NO_SHARING],
    paragraphs: [
      ANALYTICS_TEXT,
      TRACKING_TEXT,
      'You do not profile or share, and you let nobody else do it.',
    ],
  },
  {
    suffix: '-ATP',
    name: 'The service, suited to me',
    plain: [ANALYTICS, TRACKING, PROFILING, NO_SHARING],
    paragraphs: [
      ANALYTICS_TEXT,
      TRACKING_TEXT,
      PROFILING_TEXT,
      'You share my data with nobody, in any form.',
    ],
  },
  {
    suffix: '-ATP-S3P',
    name: 'The service, suited to me, and anonymous data for others',
    plain: [ANALYTICS, TRACKING, PROFILING, SHARING],
    paragraphs: [ANALYTICS_TEXT, TRACKING_TEXT, PROFILING_TEXT, SHARING_TEXT],
  },
];

function serviceDelivery(step: Step, isPortable: boolean): RosterEntry {
  const id = `SD-BASE${step.suffix}${isPortable ? '-DP' : ''}`;
  const portability = isPortable ? [PORTABILITY_TEXT] : [];
  return {
    id,
    iri: NAMESPACE + id,
    family: 'service',
    name: isPortable ? `${step.name}; and my data can move` : step.name,
    plain: [SERVICE, ...step.plain, ...(isPortable ? [PORTABLE] : [])],
    text: [OPENING, ...step.paragraphs, ...portability, CLOSING].join('\n\n'),
    // The vocabulary's version 2.2 was also released with this spelling.
    aliases: [id.replace('SD-BASE', 'SD-BY')],
    effectsFrom: 'vocabulary',
  };
}

type Other = Omit<RosterEntry, 'iri' | 'aliases' | 'text'> & { readonly paragraphs: readonly string[] };

const OTHERS: readonly Other[] = [
  {
    id: 'PDC-INTENT',
    family: 'contribution',
    name: 'What I want, so that I can be answered',
    plain: [
      allows('intent', 'They may use what you say you want to answer you, until the want ends.'),
      forbids('analytics', 'They must not count or study your wants for anything else.'),
      forbids('tracking', 'They must not connect this want with another one, or with you.'),
      forbids('profiling', 'They must not build a picture of you from what you want.'),
      forbids('sharing', 'They must not pass your want on to anybody else.'),
    ],
    paragraphs: [
      'I say what I want, in general words and without saying who I am, so that you can answer with an offer.',
      'You use it to answer me and for nothing else. You do not try to find out who I am, do not connect it with ' +
        'other wants, and do not pass it on.',
      'When the want ends, you delete it, apart from what we agree on.',
    ],
    effectsFrom: 'ours',
  },
  {
    id: 'PDC-AI',
    family: 'contribution',
    name: 'Data to train and run AI with',
    plain: [
      allows('ai', 'They may train and run artificial intelligence with the data you name.'),
      forbids('tracking', 'They must not follow you over time or from place to place.'),
      forbids('profiling', 'They must not use what is trained to guess or decide things about you.'),
      forbids('sharing', 'They must not pass on the data itself.'),
    ],
    paragraphs: [
      'I contribute the data that I name, and no other, to train and to run systems of artificial intelligence.',
      'You do not use what is trained to find me, to draw conclusions about me or to imitate me, and you do not ' +
        'pass on the data itself.',
      'When I end it, you train no further with it, delete it, and tell me what can no longer be undone.',
    ],
    effectsFrom: 'ours',
  },
  {
    id: 'PDC-GOOD',
    family: 'contribution',
    name: 'Data for the public good',
    plain: [
      allows('public-good', 'They may use the data you name for research or another public good.'),
      forbids('tracking', 'They must not follow you over time or from place to place.'),
      forbids('profiling', 'They must not build a picture of you to guess or decide from.'),
      forbids('sharing', 'They must not pass on anything that can point to you.'),
    ],
    paragraphs: [
      'I contribute the data that I name, and no other, for a public good that you name, such as research.',
      'What you publish or pass on cannot point to me. You make no profit from the data itself and draw no ' +
        'conclusions about me.',
      'When I end it, you take up no new use of it and delete it, apart from results that cannot point to me.',
    ],
    effectsFrom: 'ours',
  },
  {
    id: 'TPR',
    family: 'personal',
    name: 'Between two people who trust each other',
    plain: [
      allows('service', 'You two do for each other what you say here.'),
      forbids('sharing', 'Neither passes on what the other has told or given.'),
    ],
    paragraphs: [
      'This is between two people. We do for each other what we say here.',
      'What one of us tells or gives the other stays between us, unless the other says yes to passing it on.',
      'Either of us can end it at any time; what was given in confidence stays in confidence.',
    ],
    effectsFrom: 'vocabulary',
  },
  {
    id: 'TPR-IDENTITY-REF',
    family: 'personal',
    name: 'One person vouches for another',
    plain: [
      allows('service', 'You two do for each other what you say here.'),
      allows('identity', 'One of you confirms to others that the other is who they say they are.'),
      forbids('sharing', 'Nothing else that one has told or given is passed on.'),
    ],
    paragraphs: [
      'This is between two people, one of whom vouches for the other: that they know them, and by which name.',
      'Whoever vouches may confirm just that to those whom the other names, and tells nothing else.',
      'Either of us can end it at any time; from then on nothing is confirmed any more.',
    ],
    effectsFrom: 'vocabulary',
  },
];

/** The terms that can be proffered, by the identifiers of IEEE 7012. */
export const ROSTER: readonly RosterEntry[] = [
  ...STEPS.flatMap((step) => [serviceDelivery(step, false), serviceDelivery(step, true)]),
  ...OTHERS.map(({ paragraphs, ...other }) => {
    return { ...other, iri: NAMESPACE + other.id, text: paragraphs.join('\n\n'), aliases: [] };
  }),
];
