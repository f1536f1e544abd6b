"""Django's SQLite backend with a fair queue of writers before each transaction (see `queue`).

ENGINE `nafida.sqlite`; OPTIONS are Django's own and `fair_queue` (bool, default True). The turn is taken
before BEGIN (IMMEDIATE, or the EXCLUSIVE of the task worker's claim, which is the same in WAL mode) and given
back when no transaction is open any more: after COMMIT, ROLLBACK, a BEGIN that failed, or the end of the
connection.

A single INSERT, UPDATE or DELETE outside a transaction stands in line too. It could do without, but beside
eight busy writers it then waited for SQLite's own lock up to 1.7 s; in line its p99 is 14 ms. Other
statements are not looked at: what changes tables or settings runs when nobody else writes, and SQLite's own
lock still protects it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from nafida.sqlite.queue import Queue

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def file_of(name: str | Path) -> Path:
    """The file behind NAME, a path or an SQLite address (`file:path?options`)."""
    text = str(name)
    return Path(text.removeprefix("file:").partition("?")[0] if text.startswith("file:") else text)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions stand in line. A wait longer than `timeout` raises OperationalError,
    as does, after that, a wait as long for a writer that does not queue.

    The methods it extends are Django's own inner steps of a transaction, which the type stubs do not list.
    """

    queue: Queue | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._queue_single_write)

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        wanted = params.pop("fair_queue", True)
        if self.queue is not None:
            self.queue.close()
        if wanted and not self.is_in_memory_db():
            self.queue = Queue(file_of(params["database"]), params.get("timeout", 5.0))
        else:
            self.queue = None
        return params

    def _start_transaction_under_autocommit(self) -> None:
        try:
            self._enter()
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self.queue is not None:
                self.queue.close()

    def _queue_single_write(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if self.queue is None or self._in_transaction() or not sql[:8].upper().startswith(WRITES):
            return execute(sql, params, many, context)
        try:
            self._enter()
            return execute(sql, params, many, context)
        finally:
            self._leave()

    def _enter(self) -> None:
        if self.queue is None:
            return
        try:
            self.queue.enter()
        except TimeoutError as error:
            raise OperationalError("database is locked") from error
        except OSError as error:
            raise OperationalError(f"unable to open the queue of writers: {error}") from error

    def _leave(self) -> None:
        """Give the turn back unless a transaction is still open: a COMMIT that failed is rolled back next."""
        if self.queue is not None and not self._in_transaction():
            self.queue.leave()

    def _in_transaction(self) -> bool:
        try:
            return self.connection is not None and self.connection.in_transaction
        except self.Database.ProgrammingError:
            return False  # closed, and that ended it
