"""Words by which names are told apart: those of organizations, of offices, and those that begin a sentence."""

ORGANIZATION_WORDS = frozenset(
    "commission council committee ministry department agency office institute university college school"
    " academy foundation fund association society union centre center network aid watch organization"
    " organisation organizations organisations programme program bank court church circle group trust"
    " coalition alliance federation service services corps cross crescent party board bureau authority"
    " assembly parliament nations news times press post herald tribune gazette courier forum initiative"
    " mission hospital hospitals clinic clinics library museum club refuge relief charity charities"
    " volunteers partners borders police army chamber congress senate league secretariat directorate"
    " observatory laboratory company movement campaign collective cooperative syndicate confederation"
    " consortium unit taskforce team shelter kitchen project house books publishers defectors' workers'"
    " guild polytechnic reporters amnesty caritas administration monitor review journal radio television"
    " agency's action international rights archive archives consultancy".split()
)
# These make a name only behind another word that names it more closely.
WEAK_WORDS = frozenset(
    "rights international house team project action review campaign party kitchen group books unit".split()
)
KNOWN_ORGANIZATIONS = frozenset(
    "un u.n. unhcr unicef wfp who iom eu e.u. icrc ifrc fao ohchr nato bbc cnn reuters oxfam caritas"
    " unesco undp unrwa ocha unfpa oecd ilo msf usaid echo osce asean ngo-forum interpol frontex"
    " eurostat gallup greenpeace care".split()
)
# Written in small letters these are words.
KNOWN_AS_CAPITALS = frozenset("who un eu care echo".split())
SPELLED_OUT = {
    "u.n.": "united nations",
    "un": "united nations",
    "e.u.": "european union",
    "eu": "european union",
}
OFFICES = frozenset(
    "director coordinator president chair chairman chairwoman chairperson head manager minister"
    " ambassador spokesman spokeswoman spokesperson professor researcher lecturer teacher doctor nurse"
    " lawyer secretary officer adviser advisor representative founder co-founder cofounder member"
    " volunteer organizer organiser leader mayor rapporteur commissioner analyst economist journalist"
    " editor author owner student councillor councilor senator pastor priest historian translator"
    " treasurer captain chief deputy governor prime chancellor envoy midwife surgeon psychologist"
    " engineer specialist expert reporter correspondent fellow scientist consultant trustee principal"
    " headteacher dean judge prosecutor inspector superintendent commander general colonel major"
    " sergeant farmer baker driver cook chef fisherman carpenter social worker worker assistant bishop"
    " imam rabbi archbishop king queen prince princess sociologist demographer epidemiologist"
    " paediatrician resident caseworker caretaker administrator ceo".split()
)
HONORIFICS = frozenset(
    "mr mrs ms miss dr doctor prof professor sir dame lord lady president minister mayor councillor"
    " senator captain general colonel judge father sister pastor bishop king queen prince princess"
    " chancellor governor ambassador".split()
)
SURNAMES_FIRST = frozenset(
    "kim lee park choi jung jeong kang cho yoon jang lim han oh seo shin kwon hwang ahn song ri pak".split()
)
# A sentence may begin with any of these; only what follows can be a name.
COMMON_STARTS = frozenset(
    "a an the in on at to from by with without for of into onto over under about after before during"
    " since until between among through against as than that which who whom whose where when while"
    " whereas if because is are was were be been has have had do does did will would can could may"
    " might must shall should not no yes he she it they we you i him her them us his its their our your"
    " my this these those there here also only just now still then so yet per and or but nor however"
    " although though despite some many most more less few several every each all any both another"
    " other such one two three four five six seven eight nine ten eleven twelve today yesterday"
    " tomorrow last next first second third what why how furthermore moreover meanwhile instead"
    " according nearly almost around roughly half even again never always often sometimes perhaps maybe"
    " thousands hundreds dozens millions early late later earlier within across along near inside"
    " outside beyond behind among altogether paired please click read see call write monday tuesday wednesday"
    " thursday friday saturday sunday january february march april may june july august september"
    " october november december none nobody everyone everybody somebody someone nothing something out"
    " up down off once while like unlike thanks because thus hence therefore additionally finally"
    " overall".split()
)
# Alone at a sentence's start they are no names; before another capital they may begin one.
COMMON_NOUNS = frozenset(
    "people women men children refugees officials experts researchers volunteers families residents"
    " critics prices doctors workers students defection opponents supporters activists analysts".split()
)
PLACES_AND_PEOPLES = frozenset(
    "north south east west northern southern eastern western northeast northwest korea korean koreans"
    " china chinese japan japanese america american americans europe european asia asian africa african"
    " russia russian united states kingdom republic mongolia laos thailand vietnam seoul pyongyang"
    " beijing geneva london paris berlin democratic people's people’s".split()
)
