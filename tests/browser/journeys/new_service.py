"""A new service for a journey: empty tables, the processes of a real service, and people who join it."""

from __future__ import annotations

import base64
import os
import re
import secrets
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import BrowserContext, expect

from embedded.demo import commands_of, die_with_parent, running_process
from embedded.servers import address_for_role, free_port, running_redis
from tests.browser.conftest import DESK, GIVEN_BY_THE_TESTS, ROOT, TELEPHONE
from tests.browser.journeys.desk import Desk
from tests.databases import APP, copied_database
from tests.smtp_server import Letterbox, running_letterbox

PASSWORD = "heron lantern gravel tuesday"
DATABASE = "waymark_first_monday"
ON_CALL = "01632 960 123"
LINK = re.compile(r"https://\S+/join/\S+/")
PATIENCE = 30.0
TOTP_SECONDS = 30


@dataclass
class NewService:
    """Where it answers, its surroundings, and the mail that it sends."""

    address: str
    env: dict[str, str]
    letterbox: Letterbox
    context_of: Callable[..., BrowserContext]
    joined: list[str] = field(default_factory=list)

    def set_up(self, **answers: str) -> str:
        """Run `manage.py setup` once, as a script runs it. Gives what it prints."""
        options = [f"--{name.replace('_', '-')}={answer}" for name, answer in answers.items()]
        command = [sys.executable, "-W", "ignore", "manage.py", "setup", "--no-input", *options]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def link_for(self, email: str) -> str:
        """The link of the last invitation mailed to this address."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            for message in reversed(self.letterbox.messages):
                found = LINK.search(bytes(message.get_payload(decode=True) or b"").decode())  # type: ignore[arg-type]
                if found and str(message["To"]) == email:
                    return found[0]
            time.sleep(0.05)
        raise AssertionError(f"no invitation came for {email}")

    def person(self, full_name: str, *, telephone: bool = False) -> Person:
        """Open a browser for somebody who accepts the invitation and chooses a second factor."""
        self.joined.append(full_name)
        size = {"has_touch": True, "is_mobile": True} if telephone else {}
        context = self.context_of(
            TELEPHONE if telephone else DESK,
            ignore_https_errors=True,
            # As the proxy says it: everybody comes from a place of their own.
            extra_http_headers={"X-Forwarded-For": f"192.0.2.{len(self.joined)}", "X-Forwarded-Proto": "https"},
            **size,
        )
        context.set_default_timeout(PATIENCE * 1000)
        person = Person(context, self.address, full_name)
        person.join(self.link_for(email_of(full_name)))
        return person


def email_of(full_name: str) -> str:
    return f"{full_name.lower().replace(' ', '.')}@marsh.test"


class Person(Desk):
    """Somebody at a browser of their own, who stays signed in."""

    def __init__(self, context: BrowserContext, address: str, full_name: str) -> None:
        super().__init__(context.new_page(), address, lambda *_: None)
        self.full_name = full_name

    @property
    def first_name(self) -> str:
        return self.full_name.split()[0]

    def join(self, link: str) -> None:
        """Join: follow the invitation's link, choose a password and an app, and reach the first page."""
        page = self.page
        page.goto(link)
        page.get_by_role("button", name="Accept the invitation").click()
        page.get_by_label("Choose a password").fill(PASSWORD)
        page.get_by_role("button", name="Make my account").click()
        page.get_by_role("button", name="Use codes from an app").click()
        page.get_by_text("I cannot scan it").click()
        page.get_by_label("code").fill(code_of(page.locator("details strong").inner_text()))
        page.get_by_role("button", name="Check the code and go on").click()
        page.get_by_label("I have written them down").check()
        page.get_by_role("button", name="Go on to your first page").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(self.first_name)

    def close(self, need: str) -> None:
        """Follow the set-up page's link to where this need can be closed."""
        self.go("People")
        self.follow("What is still to set up", need)

    def go(self, place: str) -> None:
        """Go to one of the places at the top of every page."""
        self.page.get_by_role("navigation").get_by_role("link", name=place).first.click()

    def still_to_do(self, circle: str, sentence: str) -> None:
        """Open what the circle still lacks, and follow the link to where that is closed."""
        self.go("Circles")
        self.page.locator("main").get_by_role("link", name=circle).first.click()
        self.follow(f"See what {circle} still needs before it meets", sentence)

    def take_step(self, circle: str, heading: str, button: str) -> None:
        """Take the circle's next step, and tick every box that its page shows."""
        self.still_to_do(circle, heading)
        for box in self.page.locator("main form").get_by_role("checkbox").all():
            box.check()
        self.press(button)

    def invite(self, full_name: str, role: str, *, agency: str = "", area: str = "") -> None:
        self.go("People")
        self.follow("Invite somebody")
        self.fill({"E-mail address": email_of(full_name), "Full name": full_name})
        self.choose("Role", role)
        for label, chosen in (("Agency", agency), ("Area", area)):
            if chosen:
                self.select(label, chosen)
        self.press("Send the invitation")

    def approve(self, full_name: str, *, day: date, until: date) -> None:
        """Approve a volunteer who was trained and signed on this day, with a check that is good until then."""
        self.go("Volunteers")
        self.follow("Approve a volunteer")
        self.select("Who is approved?", full_name)
        self.fill_day("Criminal-record check good until", until)
        self.fill_day("Core training passed on", day)
        self.fill_day("Volunteer agreement signed on", day)
        self.press("Approve")


def code_of(secret: str) -> str:
    """What the app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // TOTP_SECONDS)))


@contextmanager
def start_new_service(folder: Path, context_of: Callable[..., BrowserContext]) -> Iterator[NewService]:
    """Start a service over https: migrated tables, Redis, a mail server, and the real web, worker and clock."""
    port, box, admin = free_port(), Letterbox(), os.environ["ADMIN_DATABASE_URL"]
    certificate = make_certificate(folder)
    with ExitStack() as stack:
        stack.enter_context(copied_database(admin, DATABASE))
        stack.enter_context(running_letterbox(box))
        env = {
            **{name: value for name, value in os.environ.items() if name not in GIVEN_BY_THE_TESTS},
            "SECRET_KEY": secrets.token_urlsafe(50),
            "KEYRING": f"k1:{make_key()}",
            "INDEX_KEY": make_key(),
            "DATABASE_URL": address_for_role(admin, APP, DATABASE),
            "REDIS_URL": stack.enter_context(running_redis(folder / "redis")),
            "SITE_ADDRESS": f"https://localhost:{port}",
            "ALLOWED_HOSTS": "localhost",
            "TRUSTED_PROXIES": "1",
            "ON_CALL_TELEPHONE": ON_CALL,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(box.port),
            "EMAIL_USE_TLS": "no",
            "EMAIL_FROM": "waymark@marsh.test",
            "LOG_LEVEL": "WARNING",
        }
        gather = [sys.executable, "-W", "ignore", "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        gathering = subprocess.Popen(gather, cwd=ROOT, env=env, preexec_fn=die_with_parent)
        commands = commands_of(folder, port)
        for name in ("worker", "clock"):
            stack.enter_context(running_process(name, commands[name], env, folder))
        assert gathering.wait() == 0
        # A browser that does not know the certificate opens many connections and gives most of them up.
        secure = ["--certfile", str(certificate), "--keyfile", str(certificate), "--workers", "1", "--threads", "40"]
        stack.enter_context(running_process("web", [*commands["web"], *secure], env, folder))
        wait_until_it_answers(f"https://localhost:{port}/healthz", folder)
        yield NewService(f"https://localhost:{port}", env, box, context_of)


def make_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def wait_until_it_answers(address: str, folder: Path) -> None:
    trusting, ends = ssl.create_default_context(cafile=str(folder / "certificate.pem")), time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        with suppress(OSError), urllib.request.urlopen(address, timeout=2, context=trusting):  # noqa: S310
            return
        time.sleep(0.1)
    raise AssertionError((folder / "web.log").read_text())


def make_certificate(folder: Path) -> Path:
    """Make a key and a certificate for this machine's own name, in one file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    today, file = datetime.now(UTC), folder / "certificate.pem"
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return file
