"""How a place, a vehicle or a name online is compared: reduced to plain forms, then hashed with a key."""

from __future__ import annotations

import re
import unicodedata

from concerns.pattern.handle import handle_forms_of, name_of
from concerns.pattern.models import Named
from core.keyring import Keyring, get_keyring
from core.names import folded_name_of

POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b")
WORD = re.compile(r"\w+")
READ_ALIKE = str.maketrans("OI", "01")
"""Letters and figures that people confuse on a number plate."""

SHORT = {
    "road": "rd",
    "street": "st",
    "saint": "st",
    "avenue": "ave",
    "lane": "ln",
    "drive": "dr",
    "close": "cl",
    "court": "ct",
    "crescent": "cres",
    "gardens": "gdns",
    "place": "pl",
    "square": "sq",
    "terrace": "ter",
}
DROPPED = {"the", "at", "in", "near"}
LEAST, LONGEST_PLATE = 3, 8
NAMES_NOTHING = (
    "unknown notknown notsure none nothing noname anonymous somebody someone online internet website profile account page "
    "facebook facebookcom instagram instagramcom insta snapchat snapchatcom snap tiktok tiktokcom twitter twittercom xcom "
    "whatsapp whatsappcom telegram youtube youtubecom discord reddit redditcom messenger email phone telephone "
    "park school shop shops home house flat hisflat hishouse hishome hostel work pub church library town towncentre "
    "station bus train street road playground pool swimmingpool beach gym cafe college hospital supermarket market "
    "outside somewhere car van bike"
)
NAMED_BY_EVERYBODY = frozenset(NAMES_NOTHING.split())
"""What many people write without meaning the same place or person."""


def forms_of(kind: Named, text: str) -> set[str]:
    """The plain forms of what somebody wrote. Empty if it is too short, too common, or not a plate."""
    plain = unicodedata.normalize("NFKC", text).strip()
    forms = {Named.PLACE: _place_forms_of, Named.VEHICLE: _plate_forms_of, Named.HANDLE: handle_forms_of}[kind](plain)
    return {form for form in forms if len(form) >= LEAST and form not in NAMED_BY_EVERYBODY}


def _place_forms_of(text: str) -> set[str]:
    """The words without case and punctuation, with common abbreviations; and each postcode among them."""
    words = [SHORT.get(word, word) for word in WORD.findall(folded_name_of(text).replace("'", ""))]
    postcodes = {f"{out}{within}".casefold() for out, within in POSTCODE.findall(text.upper())}
    return {"".join(word for word in words if word not in DROPPED), *postcodes}


def _plate_forms_of(text: str) -> set[str]:
    """The letters and figures of a plate, where those that people confuse are made the same."""
    plate = name_of(text).upper()
    is_plate = plate.isascii() and len(plate) <= LONGEST_PLATE and any(letter.isdigit() for letter in plate)
    return {plate.translate(READ_ALIKE)} if is_plate else set()


def indexes_of(kind: Named, text: str, keyring: Keyring | None = None) -> set[str]:
    """The keyed hash of each form. Nobody can guess names from the table without the key."""
    keys = keyring or get_keyring()
    return {keys.blind_index(f"{kind.value} {form}") for form in forms_of(kind, text)}
