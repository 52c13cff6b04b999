"""Acts: what a person may do to a record, and the check that each operation makes first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

A = TypeVar("A", bound="Access")


class Act(Generic[A]):
    """One thing a person may or may not do to a record: a boolean that knows its own words."""

    def __init__(self, rule: Callable[[A], bool], words: str) -> None:
        self.rule = rule
        self.words = words
        self.name = rule.__name__
        self.__doc__ = rule.__doc__

    @overload
    def __get__(self, instance: None, owner: type[A]) -> Act[A]: ...
    @overload
    def __get__(self, instance: A, owner: type[A]) -> bool: ...
    @overload
    def __get__(self, instance: object, owner: Any) -> Act[A]: ...
    def __get__(self, instance: Any, owner: Any) -> Act[A] | bool:
        """Read on an access: whether the person may do it. Read on a class: the act itself."""
        return bool(self.rule(cast("A", instance))) if isinstance(instance, Access) else self


def act(words: str) -> Callable[[Callable[[A], bool]], Act[A]]:
    """Make a rule into an act; `words` finish the sentence "You may not …"."""
    return lambda rule: Act(rule, words)


class Access:
    """What one person may do to one record. It says who may act; the lifecycle says when."""

    def __init__(self, by: AbstractBaseUser, record: Any = None) -> None:
        self.by: Any = by
        self.record = record

    @classmethod
    def acts(cls) -> Iterator[Act[Any]]:
        """Every act in the order of the code, the parent class's first. Where a child redefines one, the child's."""
        names = dict.fromkeys(
            name for parent in reversed(cls.__mro__) for name, value in vars(parent).items() if isinstance(value, Act)
        )
        for name in names:
            yield getattr(cls, name)

    def allows(self, act: Act[Any]) -> bool:
        """Whether the person may do this act. A child class's rule goes before its parent's."""
        return bool(getattr(self, act.name))

    def require(self, act: Act[Any]) -> None:
        """Raise PermissionDenied, in words, unless the person may do this act now."""
        if not (self.by.is_active and self.allows(act)):
            raise PermissionDenied(f"You may not {getattr(type(self), act.name).words}.")
