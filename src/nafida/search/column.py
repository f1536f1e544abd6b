"""A plain text column that a database looks for words in: FTS5 on SQLite, a tsvector on PostgreSQL.

The column holds what text.index_text makes, so that the engines only part it at its spaces. The index stands beside
the table and follows it by itself, in the transaction of whoever writes the row.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Value
from django.db.models.expressions import RawSQL

from .text import Word, read_query

# The parser of PostgreSQL would look for addresses and numbers in the words: they go in as they are. Its planner has
# to know what parting a text costs, or it reads all rows one by one instead of asking the index (3.9 s for a word that
# stands nowhere); a function in SQL would be written out where it is used, and its cost forgotten.
_VECTOR = """
CREATE OR REPLACE FUNCTION nafida_words(words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT COST 20000
AS $$ BEGIN RETURN array_to_tsvector(string_to_array(words, ' ')); END $$
"""


@dataclass(frozen=True)
class WordColumn:
    """One such column; `key` is the integer primary key of its table."""

    table: str
    key: str
    column: str

    @property
    def name(self) -> str:
        return f"{self.table}_{self.column}_words"

    def lay(self, connection: BaseDatabaseWrapper) -> None:
        """Make the index if it is not there. Idempotent; wanted after every migrate, as journal.seal is."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(_VECTOR)
                cursor.execute("SELECT to_regclass(%s)", [self.name])
                if cursor.fetchone() == (None,):
                    cursor.execute(
                        f"CREATE INDEX {self.name} ON {self.table} USING gin ({self._vector}) "
                        "WITH (fastupdate = off)"  # whoever looks must not read through what waits to be sorted in
                    )
                return
            # A migration that rebuilds the table drops its triggers: what it wrote without them is read anew.
            wanted = [name for name, _statement in self._triggers()]
            marks = ", ".join(["%s"] * len(wanted))
            cursor.execute(f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN ({marks})", wanted)
            if cursor.fetchone() == (len(wanted),):
                return
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {self.name} USING fts5({self.column}, content={self.table}, "
                f"content_rowid={self.key}, tokenize=ascii, detail=none, columnsize=0)"
            )
            for _name, statement in self._triggers():
                cursor.execute(statement)
        self.rebuild(connection)

    def rebuild(self, connection: BaseDatabaseWrapper) -> None:
        """Make the index anew from the column, should it ever be doubted."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"REINDEX INDEX {self.name}")
            else:
                cursor.execute(f"INSERT INTO {self.name}({self.name}) VALUES ('rebuild')")

    def keys(self, text: str, vendor: str) -> RawSQL | None:
        """The keys of the rows that hold all words of `text`, for `pk__in`; None when there is no word in it."""
        words = read_query(text)
        if not words:
            return None
        if vendor == "postgresql":
            where = f"{self._vector} @@ %s::tsquery"
            return RawSQL(f"SELECT {self.key} FROM {self.table} WHERE {where}", [tsquery(words)])
        return RawSQL(f"SELECT rowid FROM {self.name} WHERE {self.name} MATCH %s", [fts_query(words)])

    def holds(self, text: str) -> Func:
        """On PostgreSQL alone: whether a row of the table, at hand already, holds all words of `text`."""
        pair = {"template": "(nafida_words(%(expressions)s)::tsquery)", "arg_joiner": ") @@ ("}
        return Func(F(self.column), Value(tsquery(read_query(text))), output_field=BooleanField(), **pair)

    @property
    def _vector(self) -> str:
        return f"nafida_words({self.table}.{self.column})"

    def _triggers(self) -> list[tuple[str, str]]:
        forget = f"INSERT INTO {self.name}({self.name}, rowid, {self.column}) VALUES ('delete', old.{self.key}, "
        forget += f"old.{self.column});"
        learn = f"INSERT INTO {self.name}(rowid, {self.column}) VALUES (new.{self.key}, new.{self.column});"
        parts = [
            ("learn", "INSERT", learn),
            ("forget", "DELETE", forget),
            ("relearn", f"UPDATE OF {self.column}", f"{forget} {learn}"),
        ]
        return [
            (
                f"{self.name}_{name}",
                f"CREATE TRIGGER IF NOT EXISTS {self.name}_{name} AFTER {event} ON {self.table} BEGIN {what} END",
            )
            for name, event, what in parts
        ]


def fts_query(words: list[Word]) -> str:
    """What FTS5 is asked: `("ab" OR "abc"*) AND (…)`; the words hold nothing that could end a string."""
    return " AND ".join(
        "(" + " OR ".join([*(f'"{one}"' for one in word.exact), *(f'"{one}"*' for one in word.starts)]) + ")"
        for word in words
    )


def tsquery(words: list[Word]) -> str:
    """What PostgreSQL is asked: `('ab' | 'abc':*) & (…)`."""
    return " & ".join(
        "(" + " | ".join([*(f"'{one}'" for one in word.exact), *(f"'{one}':*" for one in word.starts)]) + ")"
        for word in words
    )
