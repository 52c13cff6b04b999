"""Nell is invited, joins with a passkey on her telephone, and signs in with it again: seen in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import TELEPHONE

pytestmark = pytest.mark.browser

Become = Callable[..., Page]
NEW = "heron lantern gravel tuesday"


def localhost_address(address: str) -> str:
    """The service's address by name. A passkey belongs to a name, not to an address of figures."""
    return address.replace("127.0.0.1", "localhost")


def with_a_fingerprint(context: BrowserContext) -> Page:
    """A telephone that recognises its owner, as Chromium's own virtual authenticator does."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def invite_nell(desk: Page, demo: str, become: Become, email: str) -> str:
    """Hana invites her; the link is in the mail the demo shows."""
    become(desk, "Hana Reid", "/people/invite/")
    desk.get_by_label("E-mail address").fill(email)
    desk.get_by_label("Full name").fill("Nell Archer")
    desk.get_by_label(re.compile("^Volunteer")).check()
    desk.get_by_label("Agency", exact=True).select_option(label="Fenland Circles")
    desk.get_by_label("Area", exact=True).select_option(label="Cambridgeshire")
    desk.get_by_role("button", name="Send the invitation").click()
    desk.goto(f"{demo}/demo/")
    letter = desk.get_by_role("article").filter(has_text=email).filter(has_text="/people/join/").inner_text()
    found = re.search(r"https?://\S+/join/\S+/", letter)
    assert found, letter
    return localhost_address(found[0])


def no_fault(page: Page) -> None:
    found = Axe().run(page)
    assert [violation["id"] for violation in found.response["violations"]] == [], found.generate_report()


def join(phone: Page, link: str) -> None:
    phone.goto(link)
    phone.get_by_role("button", name="Accept the invitation").click()
    phone.get_by_label("Choose a password").fill(NEW)
    phone.get_by_role("button", name="Make my account").click()
    phone.goto(phone.url.split("/people")[0] + "/circles/")
    expect(phone.get_by_role("heading", name="One more step: a second factor")).to_be_visible()


def test_nell_joins_with_a_passkey_and_signs_in_with_it(
    context_of: Callable[..., BrowserContext], become: Become, desk: Page, demo: str
) -> None:
    link = invite_nell(desk, demo, become, "nell.archer@example.org")
    phone = with_a_fingerprint(context_of(TELEPHONE))
    join(phone, link)
    no_fault(phone)
    phone.get_by_role("button", name="Use a passkey").click()
    no_fault(phone)
    expect(phone.get_by_label("What to call this one")).to_have_value("My telephone")
    phone.get_by_label("What to call this one").fill("Nell’s telephone")
    phone.get_by_role("button", name="Add the passkey").click()
    expect(phone.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert len(phone.get_by_label("Ten codes").input_value().split()) == 10
    no_fault(phone)
    phone.get_by_label("I have written them down").check()
    phone.get_by_role("button", name="Go on to your first page").click()
    expect(phone.get_by_role("heading", name="Nell")).to_be_visible()
    phone.goto(localhost_address(f"{demo}/account/2fa/webauthn/"))
    expect(phone.get_by_role("main")).to_contain_text("Nell’s telephone")
    phone.goto(localhost_address(f"{demo}/account/2fa/recovery-codes/"))
    expect(phone.get_by_label("Ten codes")).to_have_count(0)

    phone.context.clear_cookies()
    phone.goto(localhost_address(f"{demo}/"))
    phone.get_by_role("button", name="Sign in with a passkey").click()
    expect(phone.get_by_role("heading", name="Nell")).to_be_visible()

    phone.context.clear_cookies()
    phone.goto(localhost_address(f"{demo}/account/login/"))
    phone.get_by_label("E-mail address").fill("nell.archer@example.org")
    phone.get_by_label("Password").fill(NEW)
    phone.get_by_role("button", name="Sign in with a password").click()
    expect(phone.get_by_role("heading", name="Show that it is you")).to_be_visible()
    no_fault(phone)
    phone.get_by_role("button", name="Use your passkey").click()
    expect(phone.get_by_role("heading", name="Nell")).to_be_visible()


def test_nobody_is_let_in_by_a_password_alone(
    context_of: Callable[..., BrowserContext], become: Become, desk: Page, demo: str
) -> None:
    link = invite_nell(desk, demo, become, "nell.other@example.org")
    phone = context_of(TELEPHONE).new_page()
    join(phone, link)
    phone.get_by_role("button", name="Use codes from an app").click()
    expect(phone.get_by_text("scan this picture")).to_be_visible()
    no_fault(phone)
    phone.get_by_label("code").fill("000000")
    phone.get_by_role("button", name="Check the code and go on").click()
    expect(phone.get_by_role("heading", name="There is a problem")).to_be_visible()
    phone.goto(localhost_address(f"{demo}/circles/"))
    expect(phone.get_by_role("heading", name="One more step: a second factor")).to_be_visible()


def test_the_key_of_an_app_fits_a_telephone_when_it_is_shown(
    context_of: Callable[..., BrowserContext], become: Become, desk: Page, demo: str
) -> None:
    """Who cannot scan the picture types thirty-two letters without a space between them."""
    phone = context_of(TELEPHONE).new_page()
    join(phone, invite_nell(desk, demo, become, "nell.third@example.org"))
    phone.goto(localhost_address(f"{demo}/account/2fa/totp/activate/"))
    phone.get_by_text("I cannot scan it").click()
    expect(phone.get_by_text("Type this key into the app")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
    phone.get_by_role("button", name="Check the code and go on").click()
    expect(phone.get_by_role("alert")).to_have_count(1)
    expect(phone.get_by_text("Write an answer under")).to_have_count(2)
