"""The columns of CaseWords that are searched."""

from nafida.search.column import WordColumn

FACE, PUBLIC, DESK = (WordColumn("cases_casewords", "case_id", column) for column in ("face", "public", "desk"))
COLUMNS = (FACE, PUBLIC, DESK)
