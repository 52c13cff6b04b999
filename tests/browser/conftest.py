"""A running demo, a telephone, a desk, and becoming somebody."""

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
from tests.chromium import find

ROOT = Path(__file__).resolve().parents[2]
# Playwright keeps a loop running in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"

TELEPHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    opened = playwright.chromium.launch(executable_path=find(), args=flags)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole service, started as a person starts it; its address. DEMO_ADDRESS names one that runs already."""
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
        assert left_behind(data) == []


def left_behind(data: Path) -> list[str]:
    """Processes that still know of this demo's data: Ctrl-C is to leave none."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
            if str(data).encode() in told:
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


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


@pytest.fixture
def context_of(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browsers of one's own; any error on a page's console fails the test."""
    opened: list[BrowserContext] = []
    errors: list[str] = []

    def make(size: dict[str, int], **more: object) -> BrowserContext:
        context = browser.new_context(viewport=size, locale="en-GB", **more)  # type: ignore[arg-type]
        context.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        context.set_default_timeout(20_000)
        opened.append(context)
        return context

    yield make
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
    """Where each of the demo's buttons “Become …” leads; the first is pressed, to see that it does."""
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
    """Signs a page's browser in as somebody, by what the demo's own button posts, and opens an address.

    The page the buttons stand on is long: turning to it each time was a good part of what these tests waited for.
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
