/** Countries, regions of companies, nationalities and large cities in one word, folded, in the languages of the lexicon. */
const PLACES: ReadonlySet<string> = new Set(
  `agypten alemanha alemania allemagne argentina argentine argentinie argentinien australia australie
  australien austria autriche belgica belgie belgien belgio belgique belgium brasil brasile brasilien brazil
  brazilie bresil bulgaria bulgarie bulgarien bulgarije canada cechia chequia chile china chine cina
  colombia colombie croacia croatia croatie croazia czechia danemark danimarca denemarken denmark
  deutschland dinamarca duitsland egipto egitto egypt egypte emea apac dach benelux england engeland
  eslovaquia eslovenia espagne espana espanha estland estonia estonie europe europa filipijnen filipinas
  finland finlande finlandia finnland franca france francia frankreich frankrijk germania germany giappone
  grece grecia greece griechenland griekenland hongarije hongrie hungary hungria iceland ierland ijsland
  inde india indien indonesia indonesie indonesien inglaterra ireland irland irlanda irlande island islanda
  islandia israel italia italie italien italy japan japao japon kanada kenya kolumbien kroatie kroatien
  latam latvia letland lettland lettonie litauen lithuania litouwen lituania luxembourg luxemburg luxemburgo
  maroc marokko marruecos messico mexico mexiko mexique morocco nederland netherlands neuseeland niederlande
  nigeria noorwegen nordics noruega norvege norvegia norway norwegen oekraine oostenrijk osterreich
  oesterreich peru philippines poland polen pologne polonia portogallo portugal roemenie romania romenia
  roumanie rumania rumanien rusia rusland russia russie russland schweden schweiz serbia serbie serbien
  servie singapore singapour singapur slovakia slovaquie slovenia slovenie slowakei slowakije slowenien
  spagna spain spanien spanje sudafrica sudafrika suecia suede suica suisse suiza svezia svizzera sweden
  switzerland tailandia thailand thailande tschechien tsjechie turchia turkei turkije turkiye turquia
  turquie ucraina ucrania ukraine ungarn ungheria usa vietnam zweden zwitserland
  american austrian belgian british canadian danish dutch english european french german greek indian irish italian
  japanese mexican polish portuguese scottish spanish swedish swiss turkish welsh
  amsterdam antwerp antwerpen athens athen barcelona basel bangalore beijing berlin bern birmingham bologna
  bordeaux boston bratislava brussel brussels bruxelles bruselas bucharest budapest chicago cologne
  copenhagen dallas delhi denver dresden dubai dublin dusseldorf duesseldorf edinburgh eindhoven frankfurt
  geneva geneve genf gent glasgow graz hague hamburg hannover helsinki houston istanbul kopenhagen koln
  koeln krakow lausanne leeds leipzig lille linz lisboa lisbon lissabon liverpool london londres londen luik
  lyon madrid manchester marseille melbourne miami milan milano mailand montreal moscow mumbai munchen
  muenchen munich nantes nuremberg nurnberg oslo paris parijs porto prague prag praag redmond rome roma
  rotterdam salzburg seattle sevilla seville shanghai stockholm strasbourg stuttgart sydney tokyo toronto
  toulouse turin utrecht valencia vancouver venice vienna wenen wien warsaw warschau zagreb zurich zuerich`.split(
    /\s+/,
  ),
);

/** Whether a folded word is a place, and so nobody: "licenses lost in Germany", "everybody from Berlin". */
export const isPlace = (word: string): boolean => PLACES.has(word);
