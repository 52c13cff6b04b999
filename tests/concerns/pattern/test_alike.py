"""What counts as the same place, vehicle or name online, however it was typed; and that only the key's holder can compare."""

from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerns.pattern.alike import NAMED_BY_EVERYBODY, forms_of, indexes_of
from concerns.pattern.handle import NOBODY
from concerns.pattern.models import Named
from core.keyring import Keyring

KEYS = Keyring({"k1": b"k" * 32}, b"i" * 32)
OTHER_KEYS = Keyring({"k1": b"k" * 32}, b"j" * 32)
BETWEEN = st.lists(st.sampled_from(["", " ", "-", " . ", "_/", "\t"]), min_size=7, max_size=7)
PLATES = st.from_regex(r"[A-Z]{2}[0-9]{2}[A-Z]{3}", fullmatch=True)
POSTCODES = st.from_regex(r"[A-Z]{1,2}[0-9]{1,2}[0-9][A-Z]{2}", fullmatch=True)
ACCOUNTS = st.text(alphabet=string.ascii_lowercase + string.digits, min_size=3, max_size=20).filter(
    lambda name: name not in NOBODY | NAMED_BY_EVERYBODY and not name.isdecimal()
)


often = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@often
@given(PLATES, BETWEEN, st.booleans())
def test_a_plate_is_the_same_in_any_case_with_anything_between(plate: str, between: list[str], lower: bool) -> None:
    typed = "".join(mark + letter for mark, letter in zip(between, plate, strict=True))
    typed = typed.lower() if lower else typed.capitalize()
    assert indexes_of(Named.VEHICLE, typed, KEYS) == indexes_of(Named.VEHICLE, plate, KEYS) != set()


@often
@given(PLATES)
def test_a_plate_read_with_o_for_nought_and_i_for_one_is_the_same(plate: str) -> None:
    for misread in (plate.replace("O", "0"), plate.replace("0", "O"), plate.replace("I", "1"), plate.replace("1", "I")):
        if any(letter.isdigit() for letter in misread):
            assert forms_of(Named.VEHICLE, misread) == forms_of(Named.VEHICLE, plate)


@often
@given(PLATES, PLATES)
def test_two_plates_that_cannot_be_misread_for_one_another_differ(one: str, other: str) -> None:
    alike = one.translate(str.maketrans("OI", "01")) == other.translate(str.maketrans("OI", "01"))
    assert (indexes_of(Named.VEHICLE, one, KEYS) == indexes_of(Named.VEHICLE, other, KEYS)) == alike


@often
@given(ACCOUNTS)
def test_a_handle_is_the_same_with_its_at_or_as_an_address(name: str) -> None:
    for typed in (f"@{name}", name.upper(), f"https://www.example.com/{name}", f"example.com/@{name}/?hl=en"):
        assert indexes_of(Named.HANDLE, typed, KEYS) == indexes_of(Named.HANDLE, name, KEYS)


@often
@given(POSTCODES, st.booleans())
def test_a_postcode_is_found_in_an_address_with_and_without_its_space(postcode: str, spaced_out: bool) -> None:
    written = f"{postcode[:-3]} {postcode[-3:]}" if spaced_out else postcode
    in_address = indexes_of(Named.PLACE, f"12 Elm Road, Ely, {written.lower()}.", KEYS)
    assert indexes_of(Named.PLACE, postcode, KEYS) <= in_address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 Elm Road, Ely", "12, ELM RD ELY"),
        ("St Mary's Church", "Saint Mary’s  church"),
        ("The Mill Pond", "mill pond"),
        ("Café Río", "CAFÉ RÍO"),
    ],
)
def test_a_place_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert indexes_of(Named.PLACE, one, KEYS) == indexes_of(Named.PLACE, other, KEYS) != set()


def test_another_place_another_plate_another_name_differ() -> None:
    for kind, one, other in [
        (Named.PLACE, "12 Elm Road, Ely", "21 Elm Road, Ely"),
        (Named.VEHICLE, "AB12 CDE", "AB12 CDF"),
        (Named.HANDLE, "grey.heron", "grey.heron2"),
    ]:
        assert not indexes_of(kind, one, KEYS) & indexes_of(kind, other, KEYS)


@often
@given(PLATES)
def test_another_key_makes_another_index_and_so_does_another_kind(plate: str) -> None:
    assert not indexes_of(Named.VEHICLE, plate, KEYS) & indexes_of(Named.VEHICLE, plate, OTHER_KEYS)
    assert not indexes_of(Named.VEHICLE, plate, KEYS) & indexes_of(Named.HANDLE, plate, KEYS)


@often
@given(st.text(max_size=60), st.sampled_from(Named))
def test_whatever_is_typed_nothing_of_it_is_in_the_index(text: str, kind: Named) -> None:
    for index in indexes_of(kind, text, KEYS):
        assert len(index) == 64
        assert set(index) <= set("0123456789abcdef")


def is_same(one: str, other: str) -> bool:
    return bool(indexes_of(Named.HANDLE, one, KEYS) & indexes_of(Named.HANDLE, other, KEYS))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("facebook.com/profile.php?id=100001", "https://m.facebook.com/profile.php?mibextid=Zb&id=100001"),
        ("https://instagram.com/bob.smith/?igsh=abc", "@bob.smith"),
        ("instagram.com/stories/bobsmith/123", "bobsmith"),
        ("https://x.com/bobsmith/status/12?s=20", "twitter.com/bobsmith"),
        ("tiktok.com/@bobsmith/video/71", "@BobSmith"),
        ("snapchat.com/add/bobsmith", "bobsmith"),
        ("old.reddit.com/user/bobsmith/comments", "reddit.com/u/bobsmith"),
        ("wa.me/447700900123", "+44 (0)7700 900123"),
        ("https://api.whatsapp.com/send?phone=447700900123&text=hi", "07700 900123"),
        ("mailto:Bob@example.org", "bob@example.org"),
        ("(his page is facebook.com/bobsmith).", "bobsmith"),
        ("youtube.com/watch?v=aaa1&si=x", "https://www.youtube.com/watch?v=aaa1&feature=share"),
        ("Zoë Ｓmith", "zoe smith"),
        ("instagram.com/bobsmith/p/Cxyz", "bobsmith"),
    ],
)
def test_one_person_is_found_however_their_page_is_reached(one: str, other: str) -> None:
    assert is_same(one, other)


NOBODYS = [
    "facebook.com/profile.php?id=1",
    "facebook.com/people/x/1",
    "facebook.com/groups/1",
    "facebook.com/photo.php?fbid=1",
    "facebook.com/story.php?story_fbid=1",
    "instagram.com/p/ab1",
    "instagram.com/reel/ab1",
    "youtube.com/watch?v=ab1",
    "youtube.com/channel/UC1",
    "youtu.be/ab1",
    "https://bit.ly/ab1",
    "https://vm.tiktok.com/ZM1",
    "t.me/+ab1",
    "t.me/joinchat/ab1",
    "discord.gg/ab1",
    "wa.me/447700900111",
    "chat.whatsapp.com/ab1",
    "bob@example1.org",
    "linkedin.com/in/bob1",
    "reddit.com/u/rob1",
    "x.com/i/status/1",
    "example.com/view?user=1",
    "twitter.com/intent/user?screen_name=b1",
    "roblox.com/users/111/profile",
    "steamcommunity.com/profiles/111",
    "example.org/index.php?member=1",
    "07700 900111",
]


@pytest.mark.parametrize("address", NOBODYS)
def test_two_people_under_one_part_of_a_site_are_two(address: str) -> None:
    other = address.replace("1", "2")
    assert not is_same(address, other)
    assert is_same(address, address.replace("://", "://www.") if "bit" in address else address)


def test_no_two_of_these_addresses_are_one_another() -> None:
    for number, one in enumerate(NOBODYS):
        for other in NOBODYS[number + 1 :]:
            assert not is_same(one, other) or {one, other} == {"wa.me/447700900111", "07700 900111"}, (one, other)


@pytest.mark.parametrize("part", sorted(NOBODY))
def test_a_part_of_a_site_is_nobodys_name(part: str) -> None:
    for address in (
        f"example.com/{part}",
        f"example.com/{part}/1",
        f"example.com/{part}?id=1",
        f"example.com/{part}.php?id=1",
    ):
        assert not is_same(address, part)
    assert not is_same(f"example.com/{part}?id=1", f"example.com/{part}?id=2")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Named.HANDLE, "Facebook"),
        (Named.HANDLE, "www.instagram.com"),
        (Named.HANDLE, "instagram.com/"),
        (Named.HANDLE, "not known"),
        (Named.PLACE, "the park"),
        (Named.PLACE, "at School"),
        (Named.PLACE, "his flat"),
    ],
)
def test_what_everybody_writes_names_nobody_and_nowhere(kind: Named, text: str) -> None:
    assert forms_of(kind, text) == set()


@often
@given(st.text(max_size=60))
def test_any_text_at_all_is_read_as_a_handle(text: str) -> None:
    assert forms_of(Named.HANDLE, text) == forms_of(Named.HANDLE, f" {text} ")


def test_a_number_is_the_same_whether_it_is_dialled_from_abroad_or_not() -> None:
    assert forms_of(Named.HANDLE, "0044 7700 900123") == forms_of(Named.HANDLE, "07700 900123")
    assert forms_of(Named.HANDLE, "https://wa.me/447700900123") == forms_of(Named.HANDLE, "07700 900123")
