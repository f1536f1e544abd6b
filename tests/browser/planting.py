"""What stands on the site of the browser tests: run by `Site.do(name, …)` in the keeper, a process on its database.

Every function takes and gives what JSON can carry.
"""

import contextlib
import importlib
import json
import sys
import traceback
from typing import Any, TextIO

if __name__ == "__main__":
    import django

    django.setup()

from django.core.cache import caches
from django.test import Client

from nafida.cases.actions import answer_case, show_words, take_in_hand
from nafida.cases.life import Outcome
from nafida.cases.models import BodyLink, Case
from nafida.people.models import Role
from tests import factories
from tests.conftest import Queue


def facts(case: Case) -> dict[str, str]:
    """What a test asks of a case: reference, pin, key, `public` and `mine` (paths after the language), `desk`."""
    reference, key = case.reference, case.private_key
    return {
        "reference": reference,
        "shown": case.shown_reference,
        "pin": case.pin,
        "key": key,
        "state": case.state,
        "public": f"/cases/{reference}/",
        "mine": f"/cases/{reference}/{key}/",
        "receipt": f"/report/receipt/{reference}/{key}/",
        "desk": f"/desk/cases/{reference}/",
    }


def report(service: str = "light-out", commune: str = factories.AKLIM, **fields: Any) -> dict[str, str]:
    """A case as `factories.report` files it."""
    return facts(factories.report(service, commune, **fields))


def shown(**fields: Any) -> dict[str, str]:
    """A report that an officer of its body has let be seen."""
    case = factories.report(**fields)
    return facts(show_words(case, by=factories.on_desk(factories.officer(case.body.code), case)))


def in_hand(by: str, **fields: Any) -> dict[str, str]:
    """A case that the officer with this e-mail has taken in hand."""
    case = factories.report(**fields)
    return facts(take_in_hand(case, by=factories.on_desk(officer_of(by), case)))


def answered(by: str, words: str = "تم الإصلاح", **fields: Any) -> dict[str, str]:
    """A case that the officer with this e-mail has answered: done."""
    case = factories.report(**fields)
    return facts(answer_case(case, outcome=Outcome.DONE, text=words, by=factories.on_desk(officer_of(by), case)))


def take(by: str, reference: str) -> dict[str, str]:
    """A case that stands there is taken in hand by the officer with this e-mail."""
    case = Case.objects.get(reference=reference)
    return facts(take_in_hand(case, by=factories.on_desk(officer_of(by), case)))


def show(reference: str) -> dict[str, str]:
    """An officer has let the public see its words."""
    case = Case.objects.get(reference=reference)
    Case.objects.filter(pk=case.pk).update(shown_at=case.received_at)
    return facts(case)


def look(reference: str) -> dict[str, str]:
    """The case as it is now."""
    return facts(Case.objects.get(reference=reference))


def events(reference: str) -> list[str]:
    """What has happened to a case, in order."""
    return list(Case.objects.get(reference=reference).events.order_by("seq").values_list("what", flat=True))


def officer(body: str = "commune-aklim", role: str = Role.AGENT, **fields: Any) -> dict[str, str]:
    """Somebody of a body: `email`, and `session`, the value of the cookie sessionid of who is signed in."""
    user = factories.officer(body, Role(role), **{"name": "موظفة", **fields})
    browser = Client()
    browser.force_login(user)
    return {"email": user.email, "session": browser.cookies["sessionid"].value}


def officer_of(email: str) -> factories.User:
    return factories.User.objects.get(email=email)


def point(commune: str = factories.AKLIM) -> tuple[float, float]:
    """(longitude, latitude) well inside a commune."""
    return factories.inside(commune)


def body_link(reference: str) -> str:
    """The path (after the language) of the page behind the link of a letter to the body."""
    case = Case.objects.get(reference=reference)
    token = BodyLink.draw(case, case.body)
    return f"/desk/answer/{token}/"


def work() -> list[str]:
    """What the workers would do; the paths of the tasks."""
    return Queue().drain()


def filed() -> int:
    """How many cases there are."""
    return Case.objects.count()


def forget_limits() -> None:
    """Nobody has asked for anything yet: all turns of the throttles are back."""
    caches["default"].clear()


def serve(wishes: TextIO, answers: TextIO) -> None:
    for line in wishes:
        wish = json.loads(line)
        module, _, name = wish["name"].rpartition(".")
        try:
            with contextlib.redirect_stdout(sys.stderr):
                given = getattr(importlib.import_module(module), name)(**wish["arguments"])
            answer = {"given": given}
        except Exception:
            answer = {"failed": traceback.format_exc()}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
