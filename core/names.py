"""How names are compared, and which names are ordinary words too.

Two people type the same name differently: with another apostrophe, with an accent as a character of its own, with a
hard space from Word. So names are compared in a folded form. The record keeps what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = frozenset("'’‘‛ʼʻʽʹ′`´＇ꞌꞋ՚")
LINES = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
UNSEEN = frozenset("\u115f\u1160\u3164\uffa0")
"""Characters that show nothing, although Unicode calls them letters."""

OTHER_LETTERS = {
    "ł": "l",
    "Ł": "L",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "Ð": "D",
    "ħ": "h",
    "Ħ": "H",
    "ŧ": "t",
    "Ŧ": "T",
    "ı": "i",
    "æ": "ae",
    "Æ": "Ae",
    "œ": "oe",
    "Œ": "Oe",
    "ß": "ss",
    "ẞ": "SS",
    "þ": "th",
    "Þ": "Th",
    "−": "-",
}
"""What people type who have no key for the letter. Unicode does not decompose these."""

LEFT_AWAY = frozenset({"Mn", "Me", "Cf", "Cc"})


TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "rev", "prof", "sir", "dame"])
SHORTEST = 3
"""A name needs so many letters to be looked for on its own, without another name beside it."""

INSIDE_A_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=^[OD])(?=[A-Z])|'")
NAME_PARTS = re.compile(r"[- \n]+")
WORDS_OF_A_NAME = re.compile(r"[-' \n]+")
NOT_LETTERS = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=8192)
def plain_form_of(letter: str) -> str:
    """One character as it is compared: without accents, with one kind of apostrophe, hyphen and space. Case stays."""
    if letter in APOSTROPHES:
        return "'"
    if letter in LINES:
        return "\n"
    if letter.isspace():
        return " "
    return "".join(
        OTHER_LETTERS.get(part) or ("-" if unicodedata.category(part) == "Pd" else part)
        for part in unicodedata.normalize("NFKD", letter)
        if part not in UNSEEN and unicodedata.category(part) not in LEFT_AWAY
    )


def folded_name_of(name: str) -> str:
    """The form in which a name is compared with another."""
    return " ".join("".join(map(plain_form_of, name)).casefold().split())


def is_same_name(one: str, other: str) -> bool:
    return folded_name_of(one) == folded_name_of(other)


MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)

ORDINARY = (
    "able abbey alley amber angel arch arms art ash autumn bacon baker ball banks bank barber barn basil bath bay beach "
    "bean beard bell bench berry best bill bird bishop black bliss bloom blossom blue bond boot booth bow bowl box boy "
    "brand brave bread bridge bright brook brooks brow brown buck bull burn bush butcher butler button cable camp candy "
    "cannon canon card care carpenter cart carter case cash castle chain chance chapel chapman charity chase cherry "
    "child chips christian christmas church clay clean clear clement close coach coal cole coin cold coleman college "
    "comfort constance constant cook cooper coral corn cotton court cox crane cross crow crown cure curry daisy dale "
    "dance dane dark dash dawn day deacon dean dear dell diamond dick dill dock dove downs drake draper draw drew "
    "driver duke early earl east easter eden english ernest eve ever fair fairy faith fall farmer farm faun fell fern "
    "field fields finch fine fish fisher flood flora flower flowers folk ford forest foster fox france frank free "
    "freeman french friend frost gale game garage garden gardener gate gates gay gene gentle german gift ginger glass "
    "glen glory gold golden good goodman grace grant grave gray green grey ground grove guard guest guy hale hall hand "
    "hands hardy hare harmony harper hart harvest hawk hay hazel head heath heather heaven hedge henna heron hill "
    "hills hobby holder hole holiday holly holy home honey hood hook hope horn horne house hunt hunter husband ice "
    "irish iris iron ivory ivy jack jade jasmine jay jewel job jolly joy judge keen key keys king kitchen kite knight "
    "lad lake lamb lambert lance land lane lark laurel law lawn lawyer lead leaf lee light lilac lily link little lock "
    "long lord lot love low lucky lynch main major man march mark marks marsh marshal mason mast master mates may meadow "
    "meek melody mercy merry miles mill miller mills mint miss moon moor moody moss mount mountain mouse myrtle nail "
    "new newman nice nick night noble noon norm north nurse oaks oak olive orange page pain paige pace palace palm pan "
    "paris park parks parker parson parsons pass paste patience peace peach pearl pease peck peel pen penny pepper "
    "perch pet piggy pike pine piper pitt place plant player plum pole pond pool poole pope poppy porter post pot "
    "potter pound power precious presence price prince prior prize prudence purple queen quick quiet quill rain ransom "
    "rapper rash raven ray read red reed reeve rice rich ridge ring river rivers road rob robin rock rocks rod rope "
    "rose rosemary round rover rowan royal ruby rule rush russet rye sadler saddler sage salmon salt sand sands sandy "
    "saturday savage say school scott sea seal sergeant service sharp shepherd sheriff ship shore short silver singer "
    "sky slack sloan small smart smith smithy snow song south spark sparks spear speed spencer spice spring squire "
    "stable stag star steel stern steward still stock stone storm strange street strong sue sugar summer summers sun "
    "sunday sunny swan sweet swift tailor tanner teal temple tempest thorn thrush tide tiger tile till tiny tower towers "
    "town townsend trinity trip tucker turner twig vale van verity victor victory vine viola violet virtue wade wait "
    "walk walker wall walls ward warden warm warren water waters way weaver web week weeks well wells west wheeler white "
    "whiting wick wild will willow wills win wine wing winter winters wise wolf wood woods woody word worth wren wright "
    "yard yeoman york young "
    "monday tuesday wednesday thursday friday english welsh british polish german "
    "mother father sister brother baby kid teen girl boys girls children lady gentleman officer police constable "
    "probation manager doctor teacher pupil uncle aunt cousin neighbour"
)
ORDINARY_WORDS = frozenset(ORDINARY.split()) | MONTHS
"""Names that are ordinary words too. Alone they count as the word; beside another name or a title, as the name."""


def is_ordinary_word(name: str) -> bool:
    return folded_name_of(name) in ORDINARY_WORDS


def names_of(full_name: str, first_name: str) -> tuple[set[str], set[str]]:
    """Two sets: the surname and each word of it; the first names. A name of one word has no surname."""
    words = [word for word in full_name.split() if folded_name_of(word).strip(".") not in TITLES]
    called = "" if folded_name_of(first_name).strip(".") in TITLES else first_name.strip()
    firsts = {called, *words[:1]} - {""}
    surname = " ".join(words[1:])
    flat = "".join(map(plain_form_of, surname))
    parts = {part for pattern in (NAME_PARTS, WORDS_OF_A_NAME) for part in pattern.split(flat)}
    parts = {part for part in parts if len(letters_of(part)) >= SHORTEST}
    return ({surname, *parts} if surname else set()), {first for first in firsts if letters_of(first)}


def pattern_of_name(name: str) -> str:
    """A pattern for the name however it is typed: any hyphen or space between its words, with an apostrophe or without."""
    words = [word for word in NAME_PARTS.split("".join(map(plain_form_of, name)).strip()) if word]
    return r"[- \n]{1,3}".join(
        r"(?:'[ ]?|[ ])?".join(re.escape(part) for part in INSIDE_A_WORD.split(word) if part) for word in words
    )


def letters_of(name: str) -> str:
    """The letters of a name, without spaces and signs, as they are compared."""
    return NOT_LETTERS.sub("", folded_name_of(name))


def plain_text_and_places_of(words: str) -> tuple[str, list[int]]:
    """The words in plain letters, and for each plain letter the place in the words where it came from. Case is kept."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(words):
        plain = plain_form_of(letter)
        letters.append(plain)
        places.extend([place] * len(plain))
    return "".join(letters), [*places, len(words)]
