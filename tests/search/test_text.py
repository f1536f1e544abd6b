"""One text for every way a word is written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nafida.search.text import LONGEST_WORD, MOST_WORDS, index_text, read_query

TOKEN = re.compile(r"°?[a-z0-9\u0621-\u064a\u2d30-\u2d67]+")


def finds(typed: str, text: str) -> bool:
    """Whether an index of `text` answers all words of what was typed."""
    held = index_text(text).split()
    asked = read_query(typed)
    return bool(asked) and all(
        any(word in held for word in each.exact) or any(word.startswith(each.starts) for word in held if each.starts)
        for each in asked
    )


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("حفرة", "الحُفْرَة الكبيرة"),
        ("الشارع", "شوارع وشارع الحسن"),
        ("اناره", "إنارة عمومية"),
        ("مستشفي", "قرب المستشفى"),
        ("١٢", "الزنقة 12"),
        ("eclairage", "Éclairage public"),
        ("LAMPADAIRES", "un lampadaire éteint"),
        ("nid de poule", "Nid-de-poule"),
    ],
)
def test_the_eight_ways_of_writing_meet(typed, text):
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("7ofra", "حفرة في الطريق"),
        ("hofra", "حفرة في الطريق"),
        ("حفرة", "kayna 7ofra f tri9"),
        ("tri9", "الطريق مقطوعة"),
        ("trig", "الطريق مقطوعة"),
        ("zbel", "الزبل"),
        ("l9wadis", "القوادس مسدودة"),
        ("klab", "كلاب ضالة"),
        ("do", "الضو طافي"),
        ("souk", "قرب السوق"),
        ("zan9a", "الزنقة 5"),
        ("khanez", "الواد خانز"),
        ("ghaba", "الغابة"),
    ],
)
def test_darija_in_latin_letters_meets_arabic(typed, text):
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"), [("حفرة", "إنارة"), ("7ofra", "طريق"), ("lampe", "poubelle"), ("do", "ماء")]
)
def test_other_words_do_not_meet(typed, text):
    assert not finds(typed, text)


def test_only_the_last_word_may_be_unfinished():
    assert finds("public écl", "éclairage public")
    assert not finds("publ éclairage", "éclairage public")


def test_a_number_parted_into_groups_is_one():
    assert finds("06 12-34.56 78", "0612345678")
    assert finds("0612345678", "612345678")


def test_nothing_is_looked_for_where_there_is_no_word():
    for text in ("", "  ", "?!*()", "\0", "😀", "\u200f"):
        assert read_query(text) == []


@given(st.text(max_size=300))
def test_whatever_is_written_the_index_holds_plain_words_only(text):
    for token in index_text(text).split(" "):
        assert token == "" or TOKEN.fullmatch(token)
        assert len(token) <= LONGEST_WORD + 1


@given(st.text(max_size=12_000))
def test_whatever_is_asked_the_query_is_plain_and_short(text):
    asked = read_query(text)
    assert len(asked) <= MOST_WORDS
    assert all(TOKEN.fullmatch(word) for each in asked for word in (*each.exact, *each.starts))


@given(st.lists(st.text(alphabet="abeghiklouwxz2379ابتحدرسعقلمنهويةىأؤ", min_size=4, max_size=9), max_size=MOST_WORDS))
def test_every_text_is_found_by_its_own_words(words):
    text = " ".join(words)
    assert not words or "dyal" in text or "ديال" in text or finds(text, text)
