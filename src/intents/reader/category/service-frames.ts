/** A service told by what is to be done with what: "someone to sort my computer out", "mow our grass". */
interface Frame {
  readonly id: string;
  /** What is to be done, and with what: both have to be said. */
  readonly verbs?: RegExp;
  readonly objects?: RegExp;
  /** Words that alone are enough. */
  readonly alone?: RegExp;
}

const PETS =
  /\b(?:dogs?|pupp(?:y|ies)|cats?|kittens?|rabbits?|bunn(?:y|ies)|hamsters?|guinea pigs?|birds?|parrots?|budgies?|canar(?:y|ies)|fish|hens?|chickens?|pets?|tortoises?|turtles?|ferrets?|gerbils?|horses?|pon(?:y|ies)|goats?|ducks?|labrador|retriever|terrier|spaniel)\b/;
const CHILDREN =
  /\b(?:kids?|child|children|bab(?:y|ies)|sons?|daughters?|toddlers?|twins|boys?|girls?|infants?|newborn|little ones?|year[- ]olds?|grandchildren|grandson|granddaughter)\b/;
const LANGUAGES =
  /\b(?:english|german|french|dutch|flemish|spanish|italian|portuguese|polish|russian|ukrainian|arabic|turkish|greek|swedish|danish|norwegian|finnish|czech|hungarian|romanian|bulgarian|japanese|chinese|mandarin|cantonese|korean|hindi|urdu|swahili|kiswahili|hebrew|persian|farsi|latin|catalan|croatian|serbian|thai|vietnamese|luxembourgish|irish|welsh|gaelic|esperanto|sign language|languages?)\b/;
const INSTRUMENTS =
  /\b(?:piano|guitar|violin|fiddle|cello|viola|flute|recorder|clarinet|sax|saxophone|trumpet|trombone|horn|tuba|drums?|drumming|percussion|accordion|harp|ukulele|banjo|mandolin|bass|keyboard|organ|oboe|bassoon|harmonica|singing|sing|voice|vocal|vocals|music|solfege|djembe)\b/;
const TEACHING =
  /\b(?:lessons?|class(?:es)?|courses?|tutor(?:s|ing)?|tuition|teach(?:es|er|ers|ing)?|learn(?:s|ing)?|coach(?:ing)?|conversation|practi[sc]e|instruct(?:or|ion)|speak(?:s|ing)?)\b/;

export const FRAMES: readonly Frame[] = [
  {
    id: 'sv-bicycle-repair',
    verbs:
      /\b(?:repair(?:s|ed|ing)?|fix(?:es|ed|ing)?|mend(?:s|ed|ing)?|servic(?:e|es|ed|ing)|tune(?:d|-up| up)?|adjust(?:ed|ing)?|fitted|replaced|true|patch|puncture|flat|broken|mechanic|overhaul|maintenance|replace|change|squeak(?:s|ing|y)?|check(?:ed|-up| over)?)\b/,
    objects: /\b(?:bikes?|bicycles?|e-?bikes?|cycles?|velo|tandem|bike'?s (?:brakes|gears|chain|wheel))\b/,
    alone:
      /\b(?:(?:bike|bicycle|puncture|wheel) (?:repairs?|service|servicing|check-?up|tune-?up|mechanic)|flat (?:tyre|tire) (?:on|of) (?:my|our|the|his|her) bike|(?:gears|brakes|wheel|chain|light)s? (?:on|of) (?:my|our|the|his|her) (?:e-)?bike|(?:bike|bicycle)(?:'s)? (?:wheel|chain|gears|brakes) (?:is|are) [a-z]+|(?:bike|bicycle) (?:is broken|makes a (?:[a-z]+ )?noise))\b/,
  },
  {
    id: 'sv-language-lessons',
    verbs: TEACHING,
    objects: LANGUAGES,
    alone:
      /\b(?:(?:conversation|tandem|language) (?:partner|exchange|table|practice)|tandem partner|esl(?: class(?:es)?| lessons?| course)?|(?:english|german|french|dutch|spanish|italian|portuguese|polish|russian|arabic|turkish|greek|swedish|japanese|chinese|swahili) (?:conversation|for beginners|course|class|classes|lessons?|tutor|teacher))\b/,
  },
  {
    id: 'sv-music-lessons',
    verbs: TEACHING,
    objects: INSTRUMENTS,
    alone:
      /\b(?:(?:piano|guitar|violin|cello|flute|clarinet|sax|saxophone|trumpet|drum|singing|voice|accordion|harp|ukulele|music) (?:lessons?|teacher|tutor|coach|class|classes|course))\b/,
  },
  {
    id: 'sv-house-cleaning',
    verbs:
      /\b(?:clean(?:s|ed|ing|er|ers)?|tidy(?:ing)?|hoover(?:ing)?|vacuum(?:ing)?|mop(?:ping)?|scrub(?:bing)?|dust(?:ing)?|wash(?:es|ing)?|iron(?:s|ing)?|declutter(?:ing)?)\b/,
    objects:
      /\b(?:house|home|flat|apartment|kitchen|bathroom|windows?|rooms?|office|stairs|floors?|place|studio|airbnb|cottage|shirts|laundry|ironing|oven)\b/,
    alone:
      /\b(?:(?:weekly|spring|deep|regular|end of tenancy|move-?out|house|home|flat|office|window) clean(?:ing|er)?|house help|mama fua|ironing(?! board)|clean(?:ing)? (?:of )?(?:my|our|a|the) (?:house|flat|apartment|home|kitchen|windows)|cleaning (?:lady|woman|man|person|help)|(?<!(?:vacuum|steam|pressure|carpet|window|pipe|air|toilet|glass|oven|pool|hob) )cleaners?(?! spray)|housekeepers?|house ?cleaning)\b/,
  },
  {
    id: 'sv-gardening',
    verbs:
      /\b(?:mow(?:s|ed|ing)?|trim(?:s|med|ming)?|prun(?:e|es|ed|ing)|weed(?:s|ed|ing)?|dig(?:s|ging)?|rak(?:e|es|ing)|cut(?:s|ting)?|plant(?:s|ed|ing)?|water(?:s|ed|ing)?|clear(?:s|ed|ing)?|tidy(?:ing)?|landscap(?:e|ing)|help|work|maint(?:ain|enance)|do)\b/,
    objects:
      /\b(?:lawns?|hedges?|gardens?|grass|trees?|yards?|leaves|shrubs|bushes|flower ?beds?|vegetable (?:patch|garden)|allotment|borders?|roses|weeds|stump)\b/,
    alone:
      /\b(?:(?:lawns?|grass|hedges?|trees?)(?: of [a-z0-9 ]{1,15})? (?:to be |to )?(?:cut|mown|mowed|trimmed|pruned|felled|clipped)|(?:lawn|grass|hedge)s? (?:is|are) too [a-z]+|rak(?:e|ing) (?:the )?leaves|leaf raking|mow(?:ing)? (?:my|our|the|a) (?:lawn|grass)|gardeners?|gardening (?:help|work)|garden (?:help|work)|lawn (?:care|mowing|service)|yard ?work|hedge (?:cutting|trimming)|tree (?:cutting|pruning|removal))\b/,
  },
  {
    id: 'sv-moving-help',
    verbs:
      /\b(?:mov(?:e|es|ed|ing)|carry(?:ing)?|lift(?:ing)?|transport(?:ing)?|haul(?:ed|ing)?|tak(?:e|en|ing)|remov(?:e|ed|ing)|load(?:ing)?|unload(?:ing)?|bring|get|shift(?:ing)?|pick up|deliver)\b/,
    objects:
      /\b(?:house|flat|apartment|sofa|couch|piano|furniture|fridge|freezer|boxes|wardrobe|washing machine|bed|mattress|stuff|things|studio|office|cupboard|belongings|household|room|place|upstairs|downstairs|stairs|new home)\b/,
    alone:
      /\b(?:moving(?= from)|van and driver|driver and van|load(?:ing)? (?:a|my|our|the) (?:truck|van|trailer|container)|transport of|move (?:a|my|our|the) (?:sofa|piano|fridge|wardrobe|bed|furniture)|movers?|moving (?:help|helpers?|van|company|assistance)|removals?|(?:man|someone|somebody|anyone|person) (?:with a|and) van|moving (?:house|home|day)|move (?:house|home))\b/,
  },
  {
    id: 'sv-child-care',
    verbs:
      /\b(?:look(?:s|ing)? after|mind(?:s|ing)?|watch(?:es|ing)?|babysit(?:s|ting)?|car(?:e|es|ing) for|take care of|pick(?:s|ing)? up|collect|play with|stay with|sit(?:ting)? for|keep an eye on)\b/,
    objects: CHILDREN,
    alone:
      /\b(?:sitter for (?:my|our|the|a|two|three|\d) ?(?:[a-z0-9]+ ){0,2}(?:kids?|child|children|bab(?:y|ies)|boys?|girls?|twins)|(?:nurse|carer|minder) for (?:a|my|our) (?:baby|child|toddler)|after[- ]?school care|from school|baby-?sit(?:ters?|ting)?|baby sitters?|nann(?:y|ies)|child-?minders?|child-?care|au pair|day[- ]?care)\b/,
  },
  {
    id: 'sv-pet-sitting',
    verbs:
      /\b(?:look(?:s|ing)? after|mind(?:s|ing)?|watch(?:es|ing)?|feed(?:s|ing)?|walk(?:s|er|ers|ing)?|car(?:e|es|ing) for|take care of|sit(?:ter|ters|ting)?|host|board(?:ing)?|stay with|keep an eye on|play with|take (?:out|in))\b/,
    objects: PETS,
    alone:
      /\b(?:(?:place|home|care|boarding|sitter|walks?) for (?:my|our|the|a|two|2) ?(?:[a-z]+ )?(?:dogs?|cats?|rabbits?|pets?|bird|parrot|puppy|kitten)|(?:dogs?|cats?|rabbits?) (?:to be |to )(?:walked|fed|looked after|minded)|feed(?:ing)? (?:my|our|the) (?:cats?|fish|rabbits?|hens|chickens|birds?)|(?:dog|pet|cat)[- ]?(?:sit(?:ters?|ting)|walk(?:ers?|ing)))\b/,
  },
  {
    id: 'sv-computer-help',
    verbs:
      /\b(?:fix(?:es|ed|ing)?|repair(?:s|ed|ing)?|slow|virus(?:es)?|set(?:ting)? up|install(?:s|ed|ing)?|help(?:s|ing)?|sort(?:ing)?|clean(?:s|ed|ing)?|upgrade|configure|recover|crash(?:es|ed|ing)?|broken|broke|dead|stuck|freez(?:es|ing)|problems?|connect|show me|explain|teach|learn|update|reinstall|transfer|cop(?:y|ied)|retrieve|back ?up)\b/,
    objects:
      /\b(?:computers?|laptops?|pcs?|macs?|macbook|imac|printers?|wi-?fi|routers?|internet|windows (?:\d+|update)|software|e-?mails?|hard (?:disk|drive)|tablet|smartphone|network|spreadsheets?|excel|linux)\b/,
    alone:
      /\b(?:(?:computer|laptop|pc|it) (?:help|support|repairs?|lessons?|problems?)|virus on (?:my|our|the) [a-z]+|data recovery|(?:wi-?fi|internet|printer|laptop|computer|pc|screen) (?:is |does |doesn't |keeps |won't )(?:broken|slow|not|reach|work|start|dead|crash))\b/,
  },
  {
    id: 'sv-hairdressing',
    verbs:
      /\b(?:cut(?:s|ting)?|trim(?:s|med|ming)?|dy(?:e|es|ed|eing)|colou?r(?:s|ed|ing)?|braid(?:s|ed|ing)?|styl(?:e|es|ed|ing|ist)|perm|wash|do|put up)\b/,
    objects: /\b(?:hair|beard|fringe|hairstyle|bangs|highlights|curls|dreadlocks|locks)\b/,
    alone:
      /\b(?:hair (?:cut|coloured|colored|dyed|done|styled?|colou?ring)|beard trim|braids(?= for| done)|braiding|perm(?= for)|(?:bridal|wedding|prom) hair|blow-?dry|highlights|hairdressers?|hair ?cuts?|barbers?|hair ?stylists?|hairdressing)\b/,
  },
  {
    id: 'se-5-3',
    verbs:
      /\b(?:fix(?:es|ed|ing)?|repair(?:s|ed|ing)?|unblock(?:ing)?|install(?:s|ed|ing)?|replace|leak(?:s|ing|y)?|blocked|drip(?:s|ping)?|connect)\b/,
    objects:
      /\b(?:taps?|toilet|sink|drains?|pipes?|boiler|shower|bath|radiators?|heating|water heater|plumbing)\b/,
    alone: /\b(?:plumbers?|plumbing)\b/,
  },
  {
    id: 'se-5-1',
    verbs:
      /\b(?:fix(?:es|ed|ing)?|repair(?:s|ed|ing)?|install(?:s|ed|ing)?|replace|connect|rewire|hang|wire|check)\b/,
    objects:
      /\b(?:sockets?|wiring|fuse ?box|light switch|lights?|ceiling (?:lamp|light|fan)|charging (?:point|station)|electrics|electricity)\b/,
    alone: /\b(?:electricians?)\b/,
  },
  {
    id: 'se-2-3',
    verbs:
      /\b(?:paint(?:s|ed|ing)?|plaster(?:s|ed|ing)?|renovat(?:e|es|ing|ion)|wallpaper(?:ing)?|til(?:e|ing)|decorat(?:e|ing)|insulat(?:e|ing))\b/,
    objects:
      /\b(?:walls?|ceilings?|living room|bedroom|kitchen|bathroom|hallway|rooms?|house|flat|apartment|facade|fence|floors?|attic)\b/,
    alone: /\b(?:house painters?|plasterers?|tilers?|decorators?|bricklayers?|painter and decorator)\b/,
  },
  {
    id: 'se-2-4-3',
    alone:
      /\b(?:roofers?|(?:repair|fix|mend|clean)(?:ing)? (?:the |my |our |a )?(?:roof|gutters?)|roof repairs?|leak(?:ing|y) roof)\b/,
  },
  { id: 'se-2-4-1', alone: /\b(?:carpenters?|carpentry|joiners?|cabinet ?makers?)\b/ },
  {
    id: 'se-1-3',
    verbs:
      /\b(?:repair(?:s|ed|ing)?|fix(?:es|ed|ing)?|servic(?:e|es|ing)|mechanic|oil change|replace|change|check)\b/,
    objects: /\b(?:cars?|van|brakes of my car|clutch|exhaust|gearbox|car engine)\b/,
    alone: /\b(?:car mechanics?|garage for my car)\b/,
  },
  {
    id: 'se-6-2',
    verbs: TEACHING,
    objects:
      /\b(?:math(?:s|ematics)?|physics|chemistry|biology|science|history|geography|economics|statistics|driving|drawing|painting|pottery|photography|sewing|knitting|cooking|chess|programming|coding|homework|exams?|dance|dancing|salsa|tango|swim(?:ming)?|school)\b/,
    alone:
      /\b(?:homework help|help with (?:his |her |my |the )?homework|maths? tutor(?:ing)?|driving lessons|driving instructor|swimming lessons)\b/,
  },
  {
    id: 'se-6-6',
    alone:
      /\b(?:personal trainer|yoga (?:lessons|class(?:es)?|teacher)|pilates (?:lessons|class(?:es)?|teacher)|fitness coach|running coach|(?:tennis|ski|surf|sailing|riding|climbing|golf|football|judo|karate) (?:lessons?|coach(?:ing)?|instructor|class(?:es)?))\b/,
  },
  {
    id: 'se-6-1',
    alone:
      /\b(?:massages?(?! table| chair| oil| gun)|masseuse|make-?up artist|manicure|pedicure|beautician|nail (?:salon|technician)|bridal make-?up)\b/,
  },
  {
    id: 'se-6-3',
    alone:
      /\b(?:physio(?:therapist|therapy)?|nurse|care ?giver|carer for|elderly care|look(?:ing)? after (?:my|our|an?) (?:elderly |old )?(?:mother|father|mum|mom|dad|grandmother|grandfather|parents?|grandma|grandpa|aunt|uncle))\b/,
  },
  {
    id: 'se-6-4',
    alone:
      /\b(?:tailors?|seamstress(?:es)?|dress ?makers?|alterations?|hem (?:my|a|some|two|the)|shorten (?:my|a|some|two|the)|take in (?:my|a)|shoe repair|cobblers?|cook (?:for|dinner)|private chef|errands?|do (?:my|our) shopping|grocery shopping)\b/,
  },
  {
    id: 'se-4-3',
    alone:
      /\b(?:photographers?|dj for|disc jockey|cater(?:er|ers|ing)|wedding planner|live band|band for (?:a|our|my)|clown|magician|event planner|videographers?)\b/,
  },
  {
    id: 'se-5-2',
    alone:
      /\b(?:shovel(?:l?ing)? (?:the |my |our )?snow|snow (?:removal|shovell?ing|clearing)|clear(?:ing)? (?:the |my |our )?snow|pave|paving|power ?wash(?:ing)? (?:my|the|our)|pressure wash(?:ing)? (?:my|the|our))\b/,
  },
  {
    id: 'se-3-3',
    alone: /\b(?:translators?|translation|translate|proof-?read(?:er|ing)?|typing|secretary|data entry)\b/,
  },
  {
    id: 'se-3-2',
    alone:
      /\b(?:couriers?|delivery of|deliver (?:a|some|my|our) (?:parcel|package|letter)|pick up (?:a|my) (?:parcel|package))\b/,
  },
  { id: 'se-7-2', alone: /\b(?:tax (?:return|declaration|help|advice)|accountants?|bookkeep(?:er|ing))\b/ },
  { id: 'se-7-4', alone: /\b(?:lawyers?|solicitors?|legal advice|notary)\b/ },
  {
    id: 'se-7-3',
    alone:
      /\b(?:web ?(?:site )?(?:designer|developer|design)|programmers?|(?:build|make|design) (?:me )?(?:a|my|our) (?:web ?site|web page|app)|software developer)\b/,
  },
  {
    id: 'se-4-4',
    alone:
      /\b(?:(?:ride|lift|drive) (?:to|from) (?:the )?(?:airport|station|hospital|city|work|school)|taxi|chauffeur|tour guide)\b/,
  },
  {
    id: 'se-5-4',
    verbs:
      /\b(?:repair(?:s|ed|ing)?|fix(?:es|ed|ing)?|mend(?:s|ed|ing)?|assembl(?:e|es|ing|y)|put together|put up|hang|mount|install(?:s|ed|ing)?|sharpen|restore|tune|reupholster|sew|drill|build)\b/,
    objects:
      /\b(?:furniture|wardrobe|shel(?:f|ves)|ikea|kitchen|washing machine|dishwasher|dryer|fridge|oven|chairs?|sofa|table|cupboard|curtain(?:s| rail)|blinds|pictures?|tv|television|piano|locks?|door|window|clock|watch|lamp|sewing machine|vacuum cleaner|radio|amplifier|accordion|guitar|violin|trumpet|shed|fence|gate|knives|toaster|heater|camera|bag|zip|bed|flat ?pack)\b/,
    alone:
      /\b(?:handy ?m(?:a|e)n|odd jobs?|locksmiths?|chimney sweeps?|upholsterers?|piano tun(?:er|ing)|furniture assembly|watch ?maker|pest control)\b/,
  },
];
