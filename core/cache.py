"""The cache in the database, holding JSON: whoever can write a row of it can make nobody run anything.

Django's own unpickles what it finds there, and a pickle is a program.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.utils import timezone

FOR_EVER = datetime(9999, 12, 31, tzinfo=UTC)
WRITES = {
    "set": "INSERT INTO {table} (cache_key, value, expires) VALUES (%(key)s, %(value)s, %(expires)s) "
    "ON CONFLICT (cache_key) DO UPDATE SET value = EXCLUDED.value, expires = EXCLUDED.expires",
    "add": "INSERT INTO {table} AS kept (cache_key, value, expires) VALUES (%(key)s, %(value)s, %(expires)s) "
    "ON CONFLICT (cache_key) DO UPDATE SET value = EXCLUDED.value, expires = EXCLUDED.expires "
    "WHERE kept.expires <= %(now)s",
    "touch": "UPDATE {table} SET expires = %(expires)s WHERE cache_key = %(key)s AND expires > %(now)s",
}
log = logging.getLogger(__name__)


class JSONCache(DatabaseCache):
    """Django's cache in a table, except for how a value is written down. What is no JSON there is not there."""

    _table: str
    _cull: Any

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        asked = {self.make_and_validate_key(key, version=version): key for key in keys}
        with self._cursor(writes=False) as cursor:
            cursor.execute(
                f"SELECT cache_key, value FROM {self._quoted} WHERE cache_key = ANY(%s) AND expires > %s",  # noqa: S608
                [list(asked), timezone.now()],
            )
            rows = cursor.fetchall()
        found = {}
        for key, value in rows:
            try:
                found[asked[key]] = json.loads(value)
            except ValueError:
                log.error("A value in the cache is no JSON. Was the table changed?")
        return found

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """In one statement, so that of two at once each counts."""
        with self._cursor(writes=True) as cursor:
            cursor.execute(
                f"UPDATE {self._quoted} SET value = (value::bigint + %s)::text "  # noqa: S608
                "WHERE cache_key = %s AND expires > %s RETURNING value",
                [delta, self.make_and_validate_key(key, version=version), timezone.now()],
            )
            counted = cursor.fetchone()
        if counted is None:
            raise ValueError(f"Key '{key}' not found")
        return int(counted[0])

    def _base_set(self, mode: str, key: str, value: Any, timeout: float | object | None = DEFAULT_TIMEOUT) -> bool:
        """Write one value; False when `add` finds one there, or `touch` none."""
        until = self.get_backend_timeout(timeout)  # type: ignore[arg-type]
        told = {
            "key": key,
            "value": json.dumps(value),
            "now": timezone.now(),
            "expires": FOR_EVER if until is None else datetime.fromtimestamp(until, UTC),
        }
        with self._cursor(writes=True) as cursor:
            cursor.execute(f"SELECT count(*) FROM {self._quoted}")  # noqa: S608
            (count,) = cursor.fetchone()
            if count > self._max_entries:
                self._cull(router.db_for_write(self.cache_model_class), cursor, told["now"], count)
            cursor.execute(WRITES[mode].format(table=self._quoted), told)
            return bool(cursor.rowcount)

    @property
    def _quoted(self) -> str:
        return connections["default"].ops.quote_name(self._table)

    def _cursor(self, *, writes: bool) -> Any:
        ask = router.db_for_write if writes else router.db_for_read
        return connections[ask(self.cache_model_class)].cursor()
