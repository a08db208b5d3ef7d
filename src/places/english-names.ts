/**
 * What English calls a place that the source lists under another name: 'local=English', for the most populous
 * place of that name in the country. The source names no language beside its other names, so this is ours.
 */
export const englishNames: Readonly<Record<string, readonly string[]>> = {
  AT: ['Sankt Pölten=St. Pölten', 'Klagenfurt am Wörthersee=Klagenfurt'],
  BE: ['Antwerpen=Antwerp', 'Gent=Ghent', 'Brugge=Bruges', 'Ieper=Ypres'],
  BG: ['Veliko Tŭrnovo=Veliko Tarnovo'],
  CA: ['Montréal=Montreal', 'Québec=Quebec City'],
  CH: [
    'Zürich=Zurich',
    'Genève=Geneva',
    'Luzern=Lucerne',
    'Sankt Gallen=St. Gallen',
    'Biel/Bienne=Biel',
    'Sitten=Sion',
  ],
  DE: [
    'Köln=Cologne',
    'Frankfurt am Main=Frankfurt',
    'Nürnberg=Nuremberg',
    'Hannover=Hanover',
    'Braunschweig=Brunswick',
    'Halle (Saale)=Halle',
  ],
  DK: ['Århus=Aarhus', 'Helsingør=Elsinore'],
  EG: ['Al Maḩallah al Kubrá=El Mahalla', 'Al Manşūrah=Mansoura', 'Asyūţ=Asyut'],
  ES: [
    'Sevilla=Seville',
    'A Coruña=Corunna',
    'Gasteiz / Vitoria=Vitoria-Gasteiz',
    'Donostia / San Sebastián=San Sebastián',
    'Castelló de la Plana=Castellón',
  ],
  FI: ['Hyvinge=Hyvinkää'],
  FR: ['Dunkerque=Dunkirk'],
  GE: ['P’ot’i=Poti', 'Ts’khinvali=Tskhinvali'],
  GR: [
    'Thessaloníki=Thessaloniki',
    'Pátra=Patras',
    'Lárisa=Larissa',
    'Irákleion=Heraklion',
    'Ródos=Rhodes',
    'Chaniá=Chania',
    'Ioánnina=Ioannina',
    'Kórinthos=Corinth',
    'Spárti=Sparta',
  ],
  IN: ['Sūrat=Surat'],
  IQ: ['Basrah=Basra', 'As Sulaymānīyah=Sulaymaniyah', 'Al Fallūjah=Fallujah'],
  IR: ['Orūmīyeh=Urmia', 'Hamadān=Hamadan', 'Arāk=Arak', 'Ardabīl=Ardabil'],
  IT: ['Padova=Padua', 'Mantova=Mantua', 'Siracusa=Syracuse', "Reggio nell'Emilia=Reggio Emilia"],
  LY: ['Mişrātah=Misrata', 'Sabhā=Sabha', 'Az Zāwīyah=Zawiya'],
  MA: ['Fès=Fez', 'Meknès=Meknes', 'Tétouan=Tetouan', 'Sale=Salé'],
  MX: ['León de los Aldama=León', 'Juárez=Ciudad Juárez'],
  NL: ['Almere Stad=Almere', 'Vlissingen=Flushing'],
  PA: ['Panamá=Panama City'],
  RO: ['Iaşi=Iași', 'Timişoara=Timișoara', 'Constanţa=Constanța', 'Galaţi=Galați', 'Braşov=Brașov'],
  RU: ['Rostov-na-Donu=Rostov-on-Don', 'Nizhniy Novgorod=Nizhny Novgorod', 'Tol’yatti=Tolyatti'],
  SA: ['Buraydah=Buraidah', 'Al Hufūf=Hofuf'],
  SE: ['Göteborg=Gothenburg'],
  SY: ['Ḩamāh=Hama', 'Ar Raqqah=Raqqa', 'Al Ḩasakah=Al-Hasakah', 'Dar‘ā=Daraa'],
  TR: ['İzmir=Izmir', 'Umraniye=Ümraniye'],
  UA: ['Mykolayiv=Mykolaiv', 'Makiyivka=Makiivka'],
  US: ['New York City=New York', 'Washington, D.C.=Washington'],
  VN: ['Ðà Lạt=Da Lat', 'Biên Hòa=Bien Hoa', 'Huế=Hue', 'Cần Thơ=Can Tho', 'Vũng Tàu=Vung Tau'],
};

/** Short names in daily use that look like the codes which the build leaves out. */
export const nicknames: Readonly<Record<string, readonly string[]>> = {
  BR: ['Rio de Janeiro=Rio'],
  US: ['New York City=NYC', 'Los Angeles=LA', 'San Francisco=SF', 'Washington, D.C.=DC'],
};
