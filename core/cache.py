"""The cache: a table of the database that holds JSON.

Django's own database cache unpickles its rows, and a pickle is a program: whoever could write a row could run code here.
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
    """Django's cache in a table, with values as JSON. A row that is not JSON counts as missing."""

    _table: str
    _cull: Any

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        keys_by_row = {self.make_and_validate_key(key, version=version): key for key in keys}
        with self._cursor(writes=False) as cursor:
            cursor.execute(
                f"SELECT cache_key, value FROM {self._quoted_table} WHERE cache_key = ANY(%s) AND expires > %s",  # noqa: S608
                [list(keys_by_row), timezone.now()],
            )
            rows = cursor.fetchall()
        values = {}
        for row_key, value in rows:
            try:
                values[keys_by_row[row_key]] = json.loads(value)
            except ValueError:
                log.error("A value in the cache is no JSON. Was the table changed?")
        return values

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number, in one statement, so that two at the same time both count."""
        with self._cursor(writes=True) as cursor:
            cursor.execute(
                f"UPDATE {self._quoted_table} SET value = (value::bigint + %s)::text "  # noqa: S608
                "WHERE cache_key = %s AND expires > %s RETURNING value",
                [delta, self.make_and_validate_key(key, version=version), timezone.now()],
            )
            row = cursor.fetchone()
        if row is None:
            raise ValueError(f"Key '{key}' not found")
        return int(row[0])

    def _base_set(self, mode: str, key: str, value: Any, timeout: float | object | None = DEFAULT_TIMEOUT) -> bool:
        """Write one value. False when `add` finds a value already there, or `touch` finds none."""
        until = self.get_backend_timeout(timeout)  # type: ignore[arg-type]
        row = {
            "key": key,
            "value": json.dumps(value),
            "now": timezone.now(),
            "expires": FOR_EVER if until is None else datetime.fromtimestamp(until, UTC),
        }
        with self._cursor(writes=True) as cursor:
            cursor.execute(f"SELECT count(*) FROM {self._quoted_table}")  # noqa: S608
            (count,) = cursor.fetchone()
            if count > self._max_entries:
                self._cull(router.db_for_write(self.cache_model_class), cursor, row["now"], count)
            cursor.execute(WRITES[mode].format(table=self._quoted_table), row)
            return bool(cursor.rowcount)

    @property
    def _quoted_table(self) -> str:
        return connections["default"].ops.quote_name(self._table)

    def _cursor(self, *, writes: bool) -> Any:
        database_for = router.db_for_write if writes else router.db_for_read
        return connections[database_for(self.cache_model_class)].cursor()
