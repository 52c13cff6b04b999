"""docs/proof.md: the figures of the faults, what they mean, and how to measure them again."""

from __future__ import annotations

import os
from collections.abc import Iterable

from tests.bench.faults.result import MAILS_A_CONCERN, STEPS_A_CONCERN, FaultResult

HEADINGS = [
    "Fault",
    "Breaks",
    "Receipts",
    "Steps due",
    "Steps fired",
    "Lost",
    "Double steps",
    "Messages due",
    "Messages",
    "Repeats",
    "Tries cut off",
    "Latest step, s",
    "Latest message, s",
    "Longest wait for a receipt, s",
]

BEFORE = f"""# Fault proof

Written by `make bench`; do not edit. Each row is one run on two cores with real processes: PostgreSQL, Redis, an
SMTP server that keeps what it accepts, and several processes that sweep without pause. Somebody raises one concern
after another, each with a receipt, on a ladder whose rungs are a second or less apart. Nobody answers, so each
concern has {STEPS_A_CONCERN} steps and {sum(MAILS_A_CONCERN.values())} messages due. Meanwhile something is broken.

"""

AFTER = """
What the columns count, each against the receipts and not against what the engine says of itself:

- **Lost**: receipts without a concern, steps without a firing, messages that the SMTP server never accepted. For an
  address refused for good, its own messages are not due; that the next people are told at once is E26.
- **Double steps**: steps fired, or told in the story, more than once.
- **Repeats**: messages accepted more than once under the same Message-ID, which a reader's mail folds into one.
- **Tries cut off**: tries written down as begun whose end nobody wrote down, because the sender, or the database it
  writes to, was gone in the middle of the send. A repeat without such a try fails the run. With SMTP a repeat after
  such a crash cannot be ruled out: whether the server accepted is not known. It is marked “possible repeat”.
- **Latest step** is the time from due to fired; **latest message** from queued to accepted. The message of a sender
  that was killed waits until its lease of two minutes has passed: that is the worst case by design. Where the clocks
  themselves were made wrong, lateness by them means nothing and is left out.

What is broken, and how:

- *kill -9*: three sweepers; one is killed, with no goodbye, every few messages, at a moment of chance, a hundred times.
- *clocks at once*: sweepers without pause whose clocks are more than a minute apart.
- *the clock set back and forward*: what the sweepers take for the time jumps. Set forward by more than a lease in the
  middle of a send, one message a sender may be taken for abandoned, and no more.
- *Redis*: FLUSHALL; SIGSTOP, so that it takes connections and never answers; SIGKILL; nothing at its port; another one
  back. Celery's worker and clock run; where Redis is gone, only the timer's sweep turns the clocks.
- *PostgreSQL*: in turn stopped and started, and one of its processes killed so that it ends all connections and
  recovers. Whoever gets no receipt presses again, with the same key.
- *SMTP*: nobody at the port; 451 to everybody; one person's mail never answered; 550 to one person.

To repeat: `make bench` (about ten minutes; the machine's chance differs, the promises do not). In short, every
fault once: `.venv/bin/python -m pytest -n 0 tests/live/test_faults.py`, which `make test` runs too. The faults are in
`tests/bench/faults/`, one a module.
"""


def _cells_of(toll: FaultResult) -> list[str]:
    return [
        toll.fault,
        *[
            str(count)
            for count in (
                toll.breaks,
                toll.receipts,
                toll.steps_expected,
                toll.steps,
                toll.lost,
                toll.double_steps,
                toll.messages_expected,
                toll.messages,
                toll.repeats,
                toll.begun_without_end,
            )
        ],
        *[
            "–" if late is None else f"{late:.1f}"
            for late in (toll.latest_step, toll.latest_message, toll.longest_wait)
        ],
    ]


def _table_row(words: Iterable[str]) -> str:
    return f"| {' | '.join(words)} |\n"


def proof_page(tolls: list[FaultResult]) -> str:
    """The whole page."""
    table = _table_row(HEADINGS) + _table_row("---" if name == "Fault" else "---:" for name in HEADINGS)
    table += "".join(_table_row(_cells_of(toll)) for toll in tolls)
    messages, repeats = sum(toll.messages for toll in tolls), sum(toll.repeats for toll in tolls)
    share = f"{100 * repeats / messages:.2f} %" if messages else "none"
    lost, double = sum(toll.lost for toll in tolls), sum(toll.double_steps for toll in tolls)
    total = f"\nAltogether: {messages} messages, {lost} lost, {double} double steps, {repeats} repeats ({share}).\n"
    total += f"Processes that wanted a core meanwhile: about {os.getloadavg()[2]:.0f}. Lateness is to be read against that.\n"
    return BEFORE + table + total + AFTER
