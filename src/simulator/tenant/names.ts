/** Names for generated people: short, long, hyphenated, with particles, in several alphabets' Latin forms. */
export const GIVEN_NAMES: readonly string[] = (
  'Adele,Agnieszka,Ahmed,Aleksandra,Amélie,Anouk,António,Åsa,Bartłomiej,Beatriz,Bjørn,Catharina-Elisabeth,' +
  'Chloé,Daan,Daniël,Dilnoza,Eoghan,Esmée,Fatima,Femke,François,Gabriel,Giulia,Günther,Hanna,Håkon,Hiroshi,' +
  'Ingrid,Iñaki,Isabella,Jan Willem,Jeroen,Joost,José,Karolína,Kateřina,Kwame,Lars,Léa,Liesbeth,Luuk,Maarten,' +
  'Małgorzata,Marisol,Mei,Mehmet,Niamh,Noor,Oluwaseun,Øyvind,Petra,Priya,Quentin,Rachid,Renée,Ruben,Saoirse,' +
  'Sébastien,Siobhán,Sofie,Tadeusz,Thijs,Uwe,Valérie,Wei,Willemijn,Xander,Yasmin,Yūki,Zoë'
).split(',');

export const FAMILY_NAMES: readonly string[] = (
  'Åkesson,Álvarez,Bakker,van den Berg,Bianchi,de Boer,Brouwer,Chen,Çelik,Dąbrowski,Dijkstra,Ekström,' +
  "Fernández-Villaverde,Fitzgerald,Garcia,ter Haar,van der Heijden,Hoekstra,Ivanov,Jansen,'t Jong,Kaya,Kim," +
  'Kowalczyk,Krüger,Kuipers,de Leeuw,Lindqvist,Lopes,Maas,Meijer,Müller,Mulder,Nakamura,Nguyen,Novák,Nowak,' +
  'O’Brien,Okafor,van Oostenbrugge-Schimmelpenninck,Özdemir,Peeters,Petrović,Postma,Prins,Quist,Rossi,' +
  'Sánchez,Schneider,de Ruiter,Smit,Šimek,Sørensen,Svensson,Tanaka,Teunissen,Türk,Uijttenhaage,Veenstra,' +
  'Verhoeven,Visser,Vos,de Vries,van Wijk,Willems,Yılmaz,Zając,Zhang,Zijlstra,Żurek'
).split(',');
