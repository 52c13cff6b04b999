"""Runs the whole service on this machine until Ctrl-C: the servers, web, worker and clock."""

from __future__ import annotations

import argparse
import base64
import ctypes
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType

from embedded.servers import Servers, running_servers

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".waymark" / "demo"
PR_SET_PDEATHSIG = 1
PATIENCE = 30.0
"""Seconds to wait for the web server."""
NO_GREETINGS = ["--without-gossip", "--without-mingle"]
"""The demo has one worker. Without waiting for the greetings of others it starts a second sooner."""


class Stopped(Exception):
    """Somebody asked the demo to stop."""


def _keys_of(folder: Path) -> dict[str, str]:
    """This demo's own keys. They are made once and kept beside its data, which cannot be read without them."""
    key_file = folder / "keys.json"
    if not key_file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        new_keys = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "KEYRING": "demo:" + base64.b64encode(secrets.token_bytes(32)).decode(),
            "INDEX_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        key_file.touch(mode=0o600)
        key_file.write_text(json.dumps(new_keys))
    keys: dict[str, str] = json.loads(key_file.read_text())
    return keys


def _environment_of(servers: Servers, folder: Path, port: int) -> dict[str, str]:
    """The environment variables of every process of the demo."""
    return {
        **os.environ,
        **_keys_of(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEMO": "yes",
        "DATABASE_URL": servers.database_url,
        "ADMIN_DATABASE_URL": "",
        "REDIS_URL": servers.redis_url,
        "SITE_ADDRESS": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "ON_CALL_TELEPHONE": "01632 960 123",
        "WAYMARK_DATA": str(folder),
        "LOG_LEVEL": "WARNING",
        "CELERY_SKIP_CHECKS": "yes",
    }


def die_with_parent() -> None:
    """Called in the child process: the kernel then ends it when the demo ends, even if the demo is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _run_command(env: dict[str, str], *words: str) -> None:
    """Run one management command and wait for its end. Show its output only when it fails."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *words],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=die_with_parent,
    )
    if done.returncode:
        sys.exit(f"`{' '.join(words)}` failed:\n{done.stdout}{done.stderr}")


def commands_of(folder: Path, port: int) -> dict[str, list[str]]:
    """The commands of web, worker and clock, the same as on a real server."""
    python = [sys.executable, "-W", "ignore", "-m"]
    celery = [*python, "celery", "-A", "config.celery"]
    return {
        "web": [
            *python,
            "gunicorn",
            "config.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            "2",
            "--threads",
            "12",
            "--no-control-socket",
        ],
        "worker": [*celery, "worker", "--concurrency", "1", *NO_GREETINGS, "--loglevel", "WARNING"],
        "clock": [*celery, "beat", "--loglevel", "WARNING", "--schedule", str(folder / "clock"), "--pidfile", ""],
    }


@contextmanager
def running_process(
    name: str, command: list[str], env: dict[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command in a process group of its own, with its output in a file. The block's end ends the whole group."""
    with (folder / f"{name}.log").open("ab") as log:
        started = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        try:
            yield started
        finally:
            _end_process_group(started)


def _end_process_group(started: subprocess.Popen[bytes], patience: float = 8) -> None:
    """Ask the group to stop, then kill what is left of it."""
    for number, wait in ((signal.SIGTERM, patience), (signal.SIGKILL, 5)):
        with suppress(ProcessLookupError):
            os.killpg(started.pid, number)
        try:
            started.wait(timeout=wait)
        except subprocess.TimeoutExpired:
            continue
    with suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)


def wait_until_it_answers(address: str, web: subprocess.Popen[bytes], folder: Path, patience: float = PATIENCE) -> None:
    """Wait until the web server answers. If it does not, exit and say where its log is."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if web.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    sys.exit(f"The web server did not start. Its last words are in {folder}/web.log")


def _print_welcome(address: str) -> None:
    print(
        f"\nWaymark is at {address}/demo/ – become anybody there. Try:\n"
        "  Ben Ashby         a volunteer, whose circle met tonight\n"
        "  Alma Farrowby     his coordinator\n"
        "  Femi Okafor       police, who works the Cambridgeshire queue\n"
        "  Fay Osborne       safeguarding lead\n"
        "  Jo Penrose        data-protection lead, who reads the trail\n"
        "Ctrl-C stops it.\n",
        flush=True,
    )


def _refuse_taken_port(port: int) -> None:
    """Exit with a sentence if something answers on this port already."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit(f"Something else answers on port {port}. Try: make demo PORT={port + 1}")


def _raise_stopped(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _run_service(port: int, folder: Path) -> None:
    """Start everything, and wait until somebody stops it or a part of it ends by itself."""
    with ExitStack() as stack:
        servers = stack.enter_context(running_servers(folder))
        env = _environment_of(servers, folder, port)
        print("Preparing the database, the styles and the invented people …", flush=True)
        _run_command(env | {"OWNER_DATABASE_URL": servers.owner_database_url}, "load")
        parts = {
            name: stack.enter_context(running_process(name, command, env, folder))
            for name, command in commands_of(folder, port).items()
        }
        address = f"http://127.0.0.1:{port}"
        wait_until_it_answers(address, parts["web"], folder)
        _print_welcome(address)
        while all(part.poll() is None for part in parts.values()):
            time.sleep(0.5)
        dead = [name for name, part in parts.items() if part.poll() is not None]
        sys.exit(f"The {dead[0]} stopped by itself. Its last words are in {folder}/{dead[0]}.log")


def main() -> None:
    parser = argparse.ArgumentParser(description="The whole service on this machine.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fresh", action="store_true", help="start over with new invented data")
    parser.add_argument("--data", type=Path, default=FOLDER)
    chosen = parser.parse_args()
    _refuse_taken_port(chosen.port)
    if chosen.fresh:
        shutil.rmtree(chosen.data, ignore_errors=True)
    chosen.data.mkdir(parents=True, exist_ok=True)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _raise_stopped)
    try:
        _run_service(chosen.port, chosen.data)
    except Stopped:
        print("Stopped.", flush=True)


if __name__ == "__main__":
    main()
