"""Names that are ordinary words as well; data alone, and the question.

Such a word alone says nothing: “Will you come in May?” It is a name where another part of the name
or a title stands beside it, or where the researcher decided so. Folded: small letters, no accents.
The languages are one list, since nobody says in which one a study speaks.
"""

from __future__ import annotations

from functools import cache

from workbench.domain.names.folding import key
from workbench.domain.personal.given_names import GIVEN_NAMES

_SHORT = """
    ab ah ai al ale als am an as at au auf aus be bei ben bi bin bis bit boy by can ce co da dal
    dan das de dem den der des di die do don du eh ein el em en er es et eu ev eve far fin foi for
    gay go ha han has hay he her hi him hin his hit ho hoe hot how hu ich ihn ihr il ill im in io
    is it ja jam je ka key kit la law lay le led lee lei let lie lo los lot low lui ma man may me
    met mi mit mo mu my na ne ni no nor not now nu nun ob od oh ok old on one or os ou our out own
    pa pan pas per pi po pop por qu qui ray re red roi rot sa sac se see sei ser she si sie sin so
    sol son su sur ta tal tan te ten the ti tin to tom tor tot try tu tun two um un und uns up us
    va var ve vi via vo vom von wa wan was way we wer wie win wo ya ye yo you yu za ze zo zu zum
    zur
"""
_ENGLISH = """
    abbot abbott amber angel april archer art ash ashes aster august aurora autumn baker ball
    banks barber barker barn barr bass battle beach beads bean bear beard beau beck bell berry
    best bill birch bird bishop black blackwood blade bliss bloom blossom blow blue bob bold bolt
    bond booker boon boot booth border bow bower bowling bowman box boyd brake brand brandy bread
    breeze brewer bridge bridges bright brook brooke brooks brown buck buckle bud bull bully bunch
    burger burn burns burrows bush butcher butler byte calm camp candy cane cannon cardinal carey
    caring carol carpenter carter carver case cash castle chance chase cherry chew child chip
    christian christmas chuck church clay clement cliff clover coal coats cole coleman collar
    collier comb constance constant cook cooke cooper coral corn cotton couch counts court craft
    crane crisp crook cross crow crown cruise crystal curry curt cutter daisy dale dame dark
    darling dawn day dean dear dell dent dial diamond dick dill dingle dock doe dolly dove drake
    draper drew driver duke dull dunk dusty dyer earl early ease east easter eastern ebony eden
    elder ember english even ever faith falcon falk fall farmer farrow fawn fee fern few field
    fields finch finish fisher fishman fitch fleet fletcher flint flood flora flower flowers folly
    foot ford foreman forest forrest fort foster fountain fowler fox francs frank franklin free
    freed freedom freeman french frost fuller gale gamble gardener gardner garland garner gates
    gem gene gentle gentry german gill ginger glad glass glen glenn glory glover goad god going
    gold golden goldman goldsmith good goodman goodwill gore grace grand grant gray green greene
    grey gross grove grub guard guest guy gypsy hail hale hall hand hank harden hardy harmony harp
    harper hart hatch hatcher hatter haven hawk hawkins hay hazard hazel head heal heart heath
    heather heavens hedge herald herb hero high hill hills hilton hinge hoard hobby holder holes
    holiday holland holly holm honey honor honour hood hook hooker hope horn horne hose house howl
    huff hulk hull humble hunt hunter hurt hush ice iris iron island ivory ivy jack jackal jade
    jasmine jasper jay jean jewel jolly journey joy judge june just justice keel keen kennel kent
    key keys kilt king kings kitty knight lace lacey lad lake lamb lance land lane lark last
    laurel lavender lawman lawn laws leach leaf lean leaves leek lemon lent lever liberty light
    lilac lily lines link links little lively loan lock locker london long looks loom lord lot
    loud louse love lovely low lower loyal luck lucky lumber lust lynch magnolia maker mallet
    manager mane mann mantle maple march mare marina mark marks marsh marshal marshall martini
    mask mason masters match matt maverick mayor mays mead meadow meadows means medal mellow
    mercer mercy merit merry mike miles mill miller milliner mills mint mister misty money moody
    moon moor moore morning moss mount mull musk myrtle nail neat new newcomer newman newport nick
    nightingale noble noel noon north novel oak oaks ocean olive opal orange outlaw owner pace
    pack page pages palm palmer pansy parish park parker parks parson parsons part past pat patch
    patience patty peace peach peacock pearl pearls peck peel pen penny pepper perch petal pick
    pickle pickles pierce pike pilgrim pine piper pitcher pitt plank plant play player plum
    plumber poe pole polish poll pollen pond pony pool poppy port porter post potter potts pound
    power powers preacher precious press price pride priest prime prince princess print prior
    promise prose prosper proud prudence pry pulley pump purple quick quill quiver rafter rail
    rain rainbow rains rake ramp ranger ransom rash rave raven reach read reader reaper reason
    reed reef reel reeve rest rhyme rice rich richer riddle rider ridge rigger ring ripple river
    rivers roach road roads roan rob robin robins rock rocky rod roller romp roof rook roots rope
    rose rosemary roses rough round rover rowan royal ruby rue rule ruler runner rush russet rusty
    ruth sack sage sailor sally salt sample sand sands sandy satchel sauce savage saviour saw
    sawyer say scales scarlet school schooner scott sea seal seals search seat self serene sewer
    shack shade shaker shank shark sharp shed sheets shell shelves shepherd sheriff shield shields
    shine shipper shock shoe shoemaker shook shoots shore short shove shows sides sidney sierra
    sights silk silver simple singer sink sitter skill skin skinner sky slack slate slaughter slay
    sled slick slim sloan small smart smiles smoke snail snare snipe snow snowball soap soldier
    sommer song south spade spain sparks sparrow speaker spear spears speck speed spell spence
    spencer spice spike spinner splash spring spruce spurs squire stable stack stacks staff stage
    stair stamp stamps stand standing staples star stark starling starr states stead steed steel
    steele steep stella step sterling stern steward stewart still sting stitch stock stoke stone
    stones store storey storm story stout strain strange straw stream street strength strike
    strong style sue suffolk summer summers sun sunday sunny swallow swan sweat sweet sweets swift
    swing sword tabor tack tailor talent tally tanner tart task taylor teal tear tears teller
    temper temple tender terry thatcher think thorn thorne thrower thrush ticket tide tie tiger
    tiles till tiller tilt timber timbers tinker tipping toes toll tomb tool torch touch tow tower
    town towns tracey tracy train trainer tram trapper travel traveller treat tree trial trick
    trickle trim trinity trip trotter trout trowel truce true trump trust trustee tub tuck tucker
    tune turn turner tuttle twine twist upright urban usher vale valley van varnish vaughn velvet
    vent verity vest vice victor victory vile vine violet violets virtue vista wade wafer wager
    wages wait waiter waits walk walker wall waller walls wander want ward warden warder ware
    wares warm warner warning warp wash waste watchman water waters watt watts weary weather weave
    weaver webb wedge weed weeds weeks weigh welder well wells west western whale wheat wheel
    wheeler whip whistler white whitehead whiting wick wide wield wild wilder wilderness wiles
    will willing willow wills wince wing wink winner winter winters wiper wire wires wise wiser
    wish witness wolf wolfe wonder wood wooden woodman woods woody woolf word words workman worry
    worth worthy wren wrench wright yard yates yeast york young younger youth zest
"""
_GERMAN = """
    acker adler ahorn alt altmann anker apfel arm arnold auer auge bach backer bader bahn bar bart
    bauer baum baumann becker beil bein berg berge berger bergmann besser biber biene bilder birne
    blank blatt blau blech blum blume bock bogen bohm bohn bohne born braun breit brenner brot
    bruch bruck brucke bruder brunnen buch buche bucher burg busch christ dachs dank decker degen
    dorf dorn drescher eberhard eck ecke edel eich eiche eis eisen engel ente erb erbe ernst esser
    essig eule fackel fahrer falke faust feder feind feld felder fels fest feuer fichte fink fisch
    fischer flach fleisch fleischer fliege flug forster fraulein frei freude freund fried friede
    frisch froh frosch fruh fruhling fuchs funk furst gabel gans garten gartner gast geiger geist
    gerber gerecht gerste glas glaser glaube glock glocke gluck gott graben graf gras grau greif
    gross grosse grun grund gut guth haas hafen hafer hafner hagel hahn hain hammer handel hase
    haupt haus hauser hausmann hecht hecke heer heide heil heiland heiler heim heimann held hell
    heller hemd herbst herd herr herrmann herz heu hirsch hirt hirte hoch hof hofer hoff hoffnung
    hofmann hold holz holzer huber hummel hund hut hutte igel jager jahn jung junge junger kafer
    kahl kaiser kalb kalk kalt kamm kammer kanne kappel karl karpf kasper kater kauf kaufer
    kaufmann keller kern kessel ketten kiefer kind kirch kirche kirsch kirsche klar klee klein
    kleiner klinge klinger klug knapp knecht knopf koch kofler kohl kohler konig kopf korb korn
    kraft krahe kramer kranz kraus krause kraut krebs kreis kreuz krieg krone krug kruger kuchen
    kugel kuhl kuhn kummer kunst kunz kurz kuss lamm lang lange langer laub lauf laut lehm lehmann
    lehn lehrer leicht leid lerche licht lieb liebe lieber lied linde lindner link lippe loffel
    lohn lowe luft lustig maas mai maier maler marder markt maurer maus mehl meier meister melzer
    mensch messer metzger meyer milch mild mohr moll mond moos morgen moser muhle muller munter
    mut mutter nacht nachtigall nagel nass nebel neu neuer neumann nord nuss oben ochs ochse oster
    ostern ott paul pech pelz pfaff pfanne pfau pfeffer pfeifer pfeil pferd pfister pflug pilz
    platz pohl preis rabe rad rapp rasch rau rauch raupe rebe recht regen reich reiche reiher rein
    reis reise reiter rettich richter ried riegel riese rind ritter roggen rohr rom rosen ross
    rost roth rothe rotkehlchen ruhe rund sack sander sanft sattler sauer sauter schade schaf
    schafer schaffer schall scharf schatz schein scherer schick schiff schild schilling schimmel
    schirm schlange schlecht schlegel schlosser schmal schmid schmied schnabel schnee schneider
    schnell schock schon schreiber schreiner schroter schuh schuler schuss schuster schutz schutze
    schwab schwalbe schwan schwarz schweizer seele segen seidel seifert seiler seitz selig sonne
    sonntag sorge spatz specht speer sperber sperling spiegel spitz spitzer sporn sprung stahl
    stall stamm stein steiner stier stoll stolz storch strauch strauss streit strom stuck stumpf
    sturm suss tag tanne taube teich teufel thal thaler tief tisch tischler topf trost unger
    veilchen viel vogel vogt volk voll wachs wachter wagen wagner wahl wald walder wand wanner
    wasser weber weg weide weiler wein weis weise weiss welt wenig werk werner wetter wetzel
    widder wiese willig wimmer wind winkler wirt wirth wohl wolff wolle wunder wunsch wurm wurst
    zahn zander zange zaun zeh zeit zeller ziege ziegler zimmer zimmermann zorn zucker zug zwei
"""
_ROMANCE = """
    abril agosto aimee alba alegria almeida alto alves amado amand amor amore ange angela araujo
    arena arroyo azul bajo barba barbier barbosa barro barros bella bello bianca bianchi bianco
    blanc blanca blanche blanco blu bois boisson bon bonito bonne borges bosco bosque boucher
    boulanger bravo brun bruna bruno caballero cabello cabral cabrera calle calvo camara camera
    camino campo campos candela cara cardoso carmen carpentier casa casas castillo castro celeste
    cerf champ champs chapel charpentier chat chevalier clair claire clara claro clemence clemente
    colin colina colombo conde consuelo conti cordeiro corona corte cortes costa coste cruz cuesta
    delgado deus diamante dias diaz dolores domingo doux dulce dupont durand enfant espada
    esperanza espinosa esteban estrella etoile fabre faria faure felice feliz ferrari ferreira
    ferrer ferrero ferri fiel figueira fina fleur flor flores fontaine fonte foret forte fourier
    fournier franca france francia franco freire fuente fuentes gallo garde gatti gatto gentil
    gentile gloria gomes gracia grande grec greco grosso guerra guerreiro guerrero heredia herrera
    herrero hierro hiver homem homme hoyos iglesia iglesias inverno jardim jardin jeune joie jolie
    jour julio junio justo lacroix lago lara leal leao leblanc legrand leite leon leone leroux
    lima linda lindo lobo lopes loup luce luna luz machado madeira maestro maggio maia mais
    mancini mar marin marinha marinho marques marquez marro martello martinet marzo masson matos
    maya medico medina meireles melo mendes merced mercedes mercier merle mesa messina meunier
    milagros mira miranda molina monaco mont montagne montana monte montes monti moral morales
    moreau moreira moreno moretti moro mota moulin mouton mundo natale navarro neri nero neves
    nieves nobre noir norte nova novo nube nuevo nunca oliva oliveira oliver olivier ortega
    padilla paixao palma palmeira palomo pardo parra pascal pastor paz pedra pellegrini penha
    pereira perez perla perle perrin petit pezzi piazza piedra pilar pinheiro pino pinto pires
    placido plaza poirier pomme ponce pons pont ponte porta porte portes portugal prado prata pres
    pretto prieto principe puente puerta queiroz quiroz rama ramalho ramo ramos real regina reina
    remedios renard rey reyes ribeira ribeiro ribera ricci ricco rico rio rios rivera riviere
    robles roca rocha roche rocher rojas rojo roma romano romero rosa rosado rosario rosas rosier
    rossa rossi rosso roux roy royer rubio ruiz sacramento saint sala salas salgado salinas
    salvador salvo sancho santa santiago santo santos secco serena sereno serra serrano silva
    silvestre soares socorro soledad soleil soler soto sousa tavares teixeira terra terre testa
    toro torre torres tosca tremblay trinidad valente valentia valle valles vega velasco velez
    vento vera verde verdi verdier verite vermelho vicente victoria vida vidal vieira viera vigne
    villa villar ville vin viola violeta violette virgen virtudes vitale vito vitoria viva vivi
"""
_OTHERS = """
    alder alma ana ani anis asa asan aslan asli ata ay aydin ayse bahar bakker baran baris bialy
    bjork bjorn bloem blom boer boom bos bosch brouwer bruin bulut cem ceylan czarny dabrowa dag
    dekker deniz derya devrim dijk dijkstra dilek dobry dudek ek emel emir engin erdem eser evren
    fura gajda glowa gora grab gran gren groen groot gruszka gul gunes haan hav hond huis inci
    irmak jablko jarl jasny jaworek jong kaczka kania kat kawa kaya kemal kilic klok klos koc kok
    koning kort kot kowal krawiec krol kruk kuiper kura kurt kvist kwiat kwiecien las lato leeuw
    lind linn lipa lis liv lund lunde maan maj mak malina maly mazur meer mees meester meulen mila
    moen molen mroz mulder noord nowak nowy nur onur orhan oud ozgur pajak pawel peer pies pietras
    pinar piorun polat prins ptak rak rask ridder rogal rolf rood roza rybak rzepa sarp savas
    schaap schouten seda selin sevgi sevim sikora simge slager slowik smit sobota solveig sowa
    stary steen sten ster strand sule svan sven sverre swiat szewc szpak toprak trygg tuin tuna
    ufuk ulku ulv umut varg vik vinter vis visscher visser vos vries waal wilk wit wrobel wrona
    yagmur yavuz yildirim yildiz yilmaz zafer zajac zand zee zielony zima zomer zon zuk zwart zyto
    αγγελος ανθη αργυρος γραμμα δοξα ειρηνη ελπιδα ζωη νικη σοφια σταυρος χαρα χαρη баран бел
    белый береза бондар бондаренко вера весна виктория волк волков воля воробей ворона голубь
    гончар гора гром добрый дуб жук зайцев заяц зима злой зоря князь коваль коза козлов король кот
    кравец кузнец лебедь лев лилия любовь майя мал малый марк мая медведь мельник мир миров
    молодой мороз надежда новый орел победа победы пономарь поп рак роза роман рыба рыжий сад
    светлана сила слава снег сокол соловей сорока старый ткач толстой толстый царь черный швец אבן
    אור אורי אורית אלון ארז בר ברק גדול גיל גילה גל דור הדס ורד זהב זיו חיים חנה טל ים יפה ירח כהן
    כסף ליאור מור מלך נועם ניר נעמי עדי עדן קטן רון רונה רחל שושנה שיר שירה שלום שמש שקד תמר أمل
    أمين إسلام إيمان بدر جميل جميلة جهاد حسن حكيم حنان حياة خالد دعاء ربيع رجاء رحمة رحيم زهرة
    سعاد سعد سعيد سلام سلامة شريف شمس صادق صالح ضياء عادل علي عمر فرح قمر كامل كريم ماجد مبارك
    محمود مختار منصور ناصر نعمة نور هدى هناء وردة وفاء अजय अमर आनंद आशा कमल करण कला कविता किरण
    गीता चंद चंद्र ज्योति दीप दीपक पूजा प्रकाश प्रेम मन माया राज राजा लता विकास विजय विद्या शांति
    सागर सुमन सूरज 上田 上野 中国 中島 中川 中野 光 光明 勇気 千葉 原 和平 国庆 大力 大地 大橋
    大野 天天 太阳 安静 宮崎 小心 小野 山口 島 川口 川崎 希 希望 平安 平野 幸福 建国 建设 心 愛
    文化 文明 明白 春 春天 晓得 未来 東 東京 林 森 橋 海 石川 福島 秋 秋天 空 美 自由 花 葵 谷 辻
    長崎 関 高兴 高知 가을 겨울 구름 나라 나무 바다 보람 사람 사랑 소리 시작 아름 여름 우리 정말
    주의 지금 하나 하늘
"""
# What names of another script become in Latin letters: “Роман” a novel, “Алла” an Italian “to the”.
_BECOME = """
    alla alle beer but buy come cut desire dim dom domenica dub elle floor gala inna job jura juste
    lana mir parfait plan primo prune put rada raya rim roman romana schach severo shut ties til
    toma ton top tut zar
"""
# Names above all, whatever a list says: a word of a small language must not hide a common name.
_NAMES = """
    victor victoria nick mike chuck santiago stella esteban gloria dolores sidney
    almeida alves ana araujo arnold aydin ayse barbosa baumann bianchi bjorn boyd bruno cabral
    cardoso claire clara collier colombo conti dias diaz dijkstra dupont durand eberhard elena
    ferrari ferreira fourier fournier franklin gatti gomes hawkins heimann heredia herrmann hofer
    hofmann huber karl kemal kofler kohler kramer kraus krause kruger kunz lacroix leblanc legrand
    lehmann leroux linn lopes lopez maier mancini martinet medina meier meireles mendes meyer
    miranda molina moreau moreira moretti moser muller navarro neri neumann nowak oliveira oliver
    olivier orhan padilla pascal paul pawel pellegrini pereira perez perrin potts queiroz quiroz
    ribeiro ricci rolf rossi ruiz schmid scott seidel seifert seitz sloan soares solveig sousa
    spencer stewart sven sverre tavares teixeira tremblay unger vaughn velasco velez vicente
    vieira watts werner wetzel wimmer yates yilmaz zimmermann бондаренко виктория волков зайцев
    козлов светлана חנה כהן נעמי רחל תמר خالد عمر
"""


@cache
def _words() -> frozenset[str]:
    listed = f"{_SHORT} {_ENGLISH} {_GERMAN} {_ROMANCE} {_OTHERS} {_BECOME}".split()
    return frozenset(map(key, listed)) - frozenset(map(key, _NAMES.split())) - GIVEN_NAMES


def is_ordinary(word: str) -> bool:
    """Tell whether a folded word is an ordinary one in some language."""
    return word in _words()
