"""Words that give nobody away: a report signed with them must not blacken a child's whole file. Pure."""

import unicodedata

# Function words, and what a child's file calls everybody in it. Short words that are names as
# well (Bo, My, Son) are not among them.
_LISTED = """
    a about aldrig all alla allt alltid and andra anmälan anmälare anmälaren annan annat any are as at att
    av bara barn barnen barnet barnets be bor bra bror brorsan bröder but by can child children de dem den
    denna deras dess det detta did dig din dina ditt dock does dotter du där då efter eftersom ej eller en
    enligt er era ett familj familjen family far farfar farmor fast father flicka flickan for from fru
    från få får för före förskola förskolan förälder föräldern föräldrar föräldrarna ganska genom gå går
    had hade han handläggare handläggaren hans har has have he hem hemma hemmet henne hennes herr him his
    home hon honom hos how här i if igen in inga ingen inget innan inom inte is it its ja jag kan knappt
    kom kommer kunde lika lite lärare läraren mamma mamman mammas man me med medan mellan men mer mest mig
    min mina mitt mor morfar mormor mot mother mycket många måste nej ner ni no nog not nu när nästan
    någon något några och också of om on or oro oss our pappa pappan pappas parent parents pojke pojken på
    redan report ringde ringer samma samt school se sedan ser she sig sin sina sitt ska skola skolan
    skulle snart socialsekreterare socialtjänsten som syskon syskonen syster säger så sådan såg that the
    their them then there they this till tillbaka tills toppen trots under upp ur ut utan utom utredning
    utredningen vad var vara varför varit varje vars vem vid vilka vilken vilket vill ville visst vän vår
    våra vårt was we were what when where which who with you your än ännu är även åt över
"""
COMMON = frozenset(_LISTED.split())


def plain(word: str) -> str:
    """A word as words are compared here: without case, its accents composed."""
    return unicodedata.normalize("NFKC", word).casefold()
