"""Photos wait until the form is right."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from nafida.cases.models import Case
from nafida.reports.models import DRAFTS_LIVE, Draft
from tests import citizens
from tests.cases.pictures import made


def wrong(client: Client, *photos: Any, **said: Any) -> Any:
    """Send a form whose place is missing, with these photos."""
    return citizens.report(client, place="", photos=list(photos), **said)


def again(client: Client, page: Any, **said: Any) -> Any:
    """Send the form of a page again, put right."""
    form_key = citizens.FORM_KEY.search(page.content.decode())
    assert form_key is not None
    form = {"form_key": form_key[1], "draft": citizens.draft_of(page)}
    return client.post(citizens.address(), citizens.filled(form, **said))


def test_photos_chosen_survive_a_wrong_form(client: Client, berkane: None) -> None:
    page = wrong(client, citizens.photo(), citizens.photo(colour="blue"))
    assert page.status_code == 422
    assert page.content.decode().count('name="remove"') == 2
    assert citizens.case_of(again(client, page)).attachments.count() == 2


def test_a_waiting_photo_is_shown_to_whoever_holds_the_draft(client: Client, berkane: None) -> None:
    page = wrong(client, citizens.photo())
    row = Draft.objects.get().pictures.get()
    shown = client.get(f"/fr/report/draft/{citizens.draft_of(page)}/{row.pk}.jpg")
    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Cache-Control"] == "private, no-store"
    assert row.thumbnail not in str(shown.headers)
    assert client.get(f"/fr/report/draft/nonsense/{row.pk}.jpg").status_code == 404
    assert client.get(f"/fr/report/draft/{citizens.draft_of(page)}/{10**30}.jpg").status_code == 404


def test_a_waiting_photo_can_be_removed(client: Client, berkane: None) -> None:
    page = wrong(client, citizens.photo(), citizens.photo(colour="blue"))
    first = Draft.objects.get().pictures.first()
    assert first is not None
    assert citizens.case_of(again(client, page, remove=[first.pk])).attachments.count() == 1


def test_nobody_removes_photos_of_another_draft(client: Client, berkane: None) -> None:
    wrong(client, citizens.photo())
    theirs = Draft.objects.get().pictures.get()
    page = wrong(client, citizens.photo(colour="blue"))
    again(client, page, remove=[theirs.pk, "x", "9" * 40, "\x00"])
    assert Draft.objects.get(pk=theirs.draft_id).pictures.count() == 1


def test_what_is_no_photo_is_told_and_the_others_are_kept(client: Client, berkane: None) -> None:
    page = citizens.report(client, photos=[citizens.not_a_photo(), citizens.photo()])
    assert page.status_code == 422
    assert page.content.decode().count('name="remove"') == 1
    assert not Case.objects.exists()


def test_a_report_holds_at_most_five_photos(client: Client, berkane: None) -> None:
    page = citizens.report(client, photos=[citizens.photo(colour=f"#0000{n:02d}") for n in range(7)])
    assert page.status_code == 422
    assert Draft.objects.get().pictures.count() == 5
    assert 'name="photos"' not in page.content.decode()
    assert citizens.case_of(again(client, page)).attachments.count() == 5


def test_photos_of_a_forgotten_draft_are_asked_for_again(client: Client, berkane: None) -> None:
    page = wrong(client, citizens.photo())
    Draft.objects.update(made_at=timezone.now() - DRAFTS_LIVE - timedelta(minutes=1))
    second = again(client, page)
    assert second.status_code == 422
    assert 'name="draft"' not in second.content.decode()


def test_a_second_tap_on_a_wrong_form_does_no_harm(client: Client, berkane: None) -> None:
    form = {**citizens.opened(client), "commune": "", "place": ""}
    for colour in ("red", "blue"):
        page = client.post(citizens.address(), {**form, "photos": citizens.photo(colour=colour)})
        assert page.status_code == 422
    assert citizens.case_of(again(client, page)).attachments.count() == 1


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_place_of_a_photo_stays_with_the_draft_alone(client: Client, berkane: None, form: str) -> None:
    data = made.encoded(made.four_corners(), form, exif=made.exif())
    page = wrong(client, SimpleUploadedFile("photo", data), citizens.photo())
    assert [row.taken_at for row in Draft.objects.get().pictures.all()] == [(-2.32, 34.92), None]
    case = citizens.case_of(again(client, page, photo_asked="yes"))
    assert (case.cell, case.report.lon, case.report.lat) == (None, None, None)
    assert case.attachments.count() == 2


def test_a_draft_that_got_too_many_at_once_still_makes_a_report_of_five(client: Client, berkane: None) -> None:
    page = wrong(client, *(citizens.photo(colour=colour) for colour in ("red", "blue", "green", "white", "black")))
    draft = Draft.objects.get()
    for colour in ("1", "2"):
        draft.pictures.create(picture=f"{colour}.jpg", thumbnail=f"{colour}t.jpg", width=1, height=1)
    more = again(client, page, photos=[citizens.photo(colour="pink"), citizens.photo(colour="gray")])
    assert more.status_code == 422
    assert draft.pictures.count() == 7
    assert citizens.case_of(again(client, page)).attachments.count() == 5


def test_an_address_too_long_to_keep_is_told(client: Client, berkane: None) -> None:
    long = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.org"
    assert citizens.report(client, email=long).status_code == 422


def test_the_form_with_its_key_is_kept_by_no_cache_that_others_share(client: Client, berkane: None) -> None:
    assert "private" in client.get(citizens.address())["Cache-Control"]
