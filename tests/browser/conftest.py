"""What the browser tests use: a running demo, a page as wide as a telephone, one as wide as a desk, and signing in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from embedded.demo import wait_until_it_answers
from embedded.servers import free_port
from tests.chromium import chromium_path

ROOT = Path(__file__).resolve().parents[2]
# Playwright keeps an event loop in this thread. Django sees it and refuses the database, unless it is told not to.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"

TELEPHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
GIVEN_BY_THE_TESTS = {
    "ADMIN_DATABASE_URL",
    "OWNER_DATABASE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "SITE_ADDRESS",
    "ALLOWED_HOSTS",
    "ON_CALL_TELEPHONE",
    "SECRET_KEY",
    "KEYRING",
    "INDEX_KEY",
    "EMAIL_HOST",
    "EMAIL_FROM",
    "LOG_LEVEL",
    "DJANGO_SETTINGS_MODULE",
}
"""Variables that the tests set for themselves. The demo starts without them."""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    opened = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the whole service as a person starts it, and give its address. DEMO_ADDRESS uses one that already runs."""
    if os.environ.get("DEMO_ADDRESS"):
        yield os.environ["DEMO_ADDRESS"]
        return
    port, data = free_port(), tmp_path_factory.mktemp("demo")
    env = {name: value for name, value in os.environ.items() if name not in GIVEN_BY_THE_TESTS}
    running = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "embedded.demo", "--port", str(port), "--data", str(data)],
        cwd=ROOT,
        env=env,
        stdout=(data.parent / "demo.txt").open("wb"),
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(address, running, data, patience=300)
        yield address
    finally:
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) == 0
        assert _processes_left_of(data) == []


def _processes_left_of(data: Path) -> list[str]:
    """The processes that still use this demo's data. After Ctrl-C there must be none."""
    commands = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command, surroundings = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
            if str(data).encode() in command + surroundings:
                commands.append(command.replace(b"\0", b" ").decode())
    return commands


@pytest.fixture
def context_of(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A function that opens a new browser window, with no cookies. An error on any page's console fails the test."""
    opened: list[BrowserContext] = []
    errors: list[str] = []

    def open_context(size: dict[str, int], **more: object) -> BrowserContext:
        context = browser.new_context(viewport=size, locale="en-GB", **more)  # type: ignore[arg-type]
        context.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        context.set_default_timeout(20_000)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()
    assert [error for error in errors if "ERR_INTERNET_DISCONNECTED" not in error and "favicon" not in error] == []


@pytest.fixture
def phone(context_of: Callable[..., BrowserContext]) -> Page:
    return context_of(TELEPHONE).new_page()


@pytest.fixture
def desk(context_of: Callable[..., BrowserContext]) -> Page:
    return context_of(DESK).new_page()


BUTTONS = """
() => Object.fromEntries([...document.querySelectorAll("form[action*=become] button")].map(
    (button) => [button.innerText.trim(), button.form.getAttribute("action")]))
"""


@pytest.fixture(scope="session")
def buttons(browser: Browser, demo: str) -> dict[str, str]:
    """The address to which each button “Become …” of the demo posts. The first button is really pressed, as a check."""
    page = browser.new_page()
    page.goto(f"{demo}/demo/")
    found: dict[str, str] = page.evaluate(BUTTONS)
    first = min(found)
    page.get_by_role("button", name=first).click()
    page.wait_for_url(f"{demo}/")
    page.close()
    return found


@pytest.fixture
def become(demo: str, buttons: dict[str, str]) -> Callable[..., Page]:
    """A function that signs a page in as somebody and opens an address.

    It posts what the demo's button posts. The page of buttons is long, and opening it each time made these tests slow.
    """

    def as_somebody(page: Page, name: str, address: str = "/") -> Page:
        page.goto("about:blank")
        token = "a" * 32
        page.context.add_cookies([{"name": "csrftoken", "value": token, "url": demo}])
        action = f"{demo}{buttons[f'Become {name}']}"
        answer = page.request.post(action, form={"csrfmiddlewaretoken": token}, max_redirects=0)
        assert answer.status == 302
        page.goto(f"{demo}{address}")
        return page

    return as_somebody
