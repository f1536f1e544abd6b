"""Django's SQLite backend with a fair queue of writers before each transaction (see `queue`).

ENGINE `nafida.sqlite`; OPTIONS are Django's own and `fair_queue` (bool, default True).
"""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from nafida.sqlite.queue import Queue


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions stand in line. A wait longer than `timeout` raises OperationalError."""

    queue: Queue | None = None

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        wanted = params.pop("fair_queue", True)
        if self.queue is not None:
            self.queue.close()
        if wanted and not self.is_in_memory_db():
            self.queue = Queue(Path(params["database"]), params.get("timeout", 5.0))
        else:
            self.queue = None
        return params

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()
        finally:
            self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            if self.queue is not None:
                self.queue.close()

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
        """Give the turn back, unless SQLite still has a transaction open (a COMMIT that failed is rolled back next)."""
        if self.queue is not None and not (self.connection is not None and self.connection.in_transaction):
            self.queue.leave()
