"""The first page of reporting: a word, what is reported most, the shelves."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from nafida.search.text import index_text, words_of
from nafida.services.models import Service
from nafida.territory.models import Area
from tests.factories import AKLIM, report

pytestmark = pytest.mark.usefixtures("berkane")
NODE = shutil.which("node", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])) or "node"
SCRIPT = settings.ROOT / "src/nafida/reports/static/reports/find.js"
TEXTS = (
    "7ofra f tri9|الضو طافي|l9wadis|Éclairages publics|journaux|وشارع الحسن|oued wad do|x|القطط|ghaba|khanez|شجرة ١٢"
    "|ⴰⵎⴰⵏ|ça c'est|الوالي|zzbel|chouf|dyalna|l'hôpital"
)


@pytest.fixture(autouse=True)
def nothing_counted(berkane):
    cache.clear()


def start(client, language="ar", **query):
    with override(language):
        return client.get(reverse("reports:start"), query)


def in_node(expression):
    program = f"const {{find, tokens}} = require({json.dumps(str(SCRIPT))}); console.log(JSON.stringify({expression}))"
    return json.loads(subprocess.run([NODE, "-e", program], capture_output=True, text=True, check=True).stdout)


def test_every_service_is_one_link_on_a_page_as_light_as_a_letter(client):
    answer = start(client)
    for service in Service.objects.active():
        assert f'/report/{service.code}/"' in answer.text
    assert len(brotli.compress(answer.content)) <= 12 * 1024
    assert 'href="tel:15"' in answer.text
    assert not answer.cookies


def test_a_word_is_answered_without_a_script(client):
    answer = start(client, q="l9wadis")
    assert answer.context["found"][0].code == "sewer"
    assert 'value="l9wadis"' in answer.text


def test_a_word_that_means_nothing_is_said_to_and_everything_is_still_there(client):
    answer = start(client, "fr", q="xqzw <b>")
    assert "Rien ne s’appelle ainsi" in answer.text
    assert "<b>" not in answer.text.split("<main")[1].split("urgent")[0]
    assert "nid-de-poule" in answer.text.lower()


def test_what_is_reported_most_in_the_commune_stands_first(client):
    for _time in range(2):
        report("pothole")
    report("park", commune=Area.objects.communes().exclude(code=AKLIM)[0].code)
    assert [service.code for service in start(client).context["popular"]][:2] == ["pothole", "park"]
    here = start(client, commune=AKLIM).context["popular"]
    assert here[0].code == "pothole"
    assert len(here) == 6
    assert "danger-now" not in [service.code for service in here]


def test_the_figure_is_counted_once_an_hour(client):
    report("pothole")
    start(client)
    report("park")
    assert "park" not in [service.code for service in start(client).context["popular"]][:1]


@pytest.mark.parametrize(
    "query", [{"q": "x" * 101}, {"q": ["a", "b"]}, {"commune": "1"}, {"commune": "\0"}, {"commune": ["a", "b"]}]
)
def test_a_wrong_question_gets_400_and_a_sentence(client, query):
    assert start(client, **query).status_code == 400


@pytest.mark.parametrize("text", ["\0", "'\"<>", "((*", "🙂", " "])
def test_any_word_may_be_asked(client, text):
    assert start(client, q=text).status_code == 200


def test_what_the_phone_searches_is_small_and_kept(client):
    answer = client.get(reverse("reports:subjects"))
    assert answer.json().keys() == set(Service.objects.active().values_list("code", flat=True))
    assert len(brotli.compress(answer.content)) <= 5 * 1024
    assert "max-age" in answer["Cache-Control"]


def test_the_phone_reads_words_as_the_server_does(client):
    texts = [*TEXTS.split("|"), *(" ".join(words_of(service.words)) for service in Service.objects.all())]
    made = in_node(f"{json.dumps(texts)}.map((text) => [...tokens(text)])")
    small = {"f", "l", "c", "la", "de", "du"}
    for text, tokens in zip(texts, made, strict=True):
        assert set(index_text(text).split()) - set(tokens) == set(), text
        extra = {token for token in set(tokens) - set(index_text(text).split()) if not token.startswith("°")}
        assert {word for word in extra if word not in small and index_text(word)} == set(), text


def test_the_phone_finds_what_people_call_it(client):
    words = client.get(reverse("reports:subjects")).content.decode()
    load = f"Object.fromEntries(Object.entries({words}).map(([code, text]) => [code, tokens(text)]))"
    asked = {"do": "light-out", "ضو": "light-out", "7ofr": "pothole", "حفر": "pothole", "l9wad": "sewer", "zbel": ""}
    found = in_node(f"(s => {json.dumps(list(asked))}.map((text) => find(text, s)))({load})")
    for codes, code in zip(found, asked.values(), strict=True):
        assert code in codes or codes
        assert not code or code in codes[:2]
