import pytest

from nafida.cases.checkpoints import write_checkpoint
from nafida.cases.models import Checkpoint
from tests.factories import report, utc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


def test_everybody_may_copy_the_checkpoints(client):
    report()
    checkpoint = write_checkpoint(utc(2026, 11, 22))
    page = client.get("/fr/journal/")
    assert checkpoint.digest in page.content.decode()
    assert "Set-Cookie" not in page.headers


def test_older_checkpoints_stand_on_further_pages(client, monkeypatch):
    monkeypatch.setattr("nafida.portal.views.everybody.CHECKPOINTS", 1)
    for hour in (1, 2):
        report()
        write_checkpoint(utc(2026, 11, 22, hour))
    newer, older = Checkpoint.objects.order_by("-pk")
    first = client.get("/fr/journal/").content.decode()
    assert newer.digest in first
    assert older.digest not in first
    assert older.digest in client.get(f"/fr/journal/?before={newer.pk}").content.decode()


@pytest.mark.parametrize("odd", ["x", "-1", "9" * 40, "١", "\x00", ["1", "2"]])
def test_an_odd_page_is_refused_in_a_sentence(client, odd: str | list[str]):
    answer = client.get("/en/journal/", {"before": odd})
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()
