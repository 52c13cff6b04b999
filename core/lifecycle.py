"""Lifecycle: a record's states, and the moves between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices

from core.errors import MoveNotAllowed


@dataclass(frozen=True)
class Lifecycle:
    """A table of states: where a record starts and which moves each state allows."""

    states: type[TextChoices]
    start: TextChoices
    moves: Mapping[TextChoices, set[TextChoices]] = field(default_factory=dict)

    def states_after(self, now: str) -> list[TextChoices]:
        """The states that can follow this one, in the order the states are written."""
        following = self.moves.get(self.states(now), set())
        return [state for state in self.states if state in following]

    def states_before(self, then: str) -> tuple[str, ...]:
        """The states that this one can follow, in the order the states are written. A page offers its act in these."""
        return tuple(state.value for state in self.states if then in self.states_after(state))

    def check(self, now: str, then: str) -> None:
        """Raise MoveNotAllowed unless the state `then` may follow the state `now`."""
        if then not in self.states_after(now):
            before, wanted = self.states(now).label, self.states(then).label
            if now == then:
                raise MoveNotAllowed(
                    f"This is “{before}” already, so there is nothing left to do. Open it again to read how it is now."
                )
            raise MoveNotAllowed(
                f"This is “{before}” now, so it cannot become “{wanted}”. "
                "Somebody may have changed it since you opened the page: open it again."
            )

    @property
    def ends(self) -> set[str]:
        """The states that no state follows."""
        return {state.value for state in self.states if not self.states_after(state)}

    def mermaid_diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start.value}"]
        for state in self.states:
            lines += [f"    {state.value} --> {then.value}" for then in self.states_after(state)]
            if state.value in self.ends:
                lines.append(f"    {state.value} --> [*]")
        return "\n".join(lines)
