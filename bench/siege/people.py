"""The load: citizens who report, and clerks who answer by the links of their letters."""

import email
import email.policy
import random
import re
import threading
import time
import zlib
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image

from bench.siege.browser import Browser, NoAnswer

FORM = "/ar/report/park/"
COMMUNES = ("02.113.01.07", "02.113.01.05", "02.113.01.09")
RECEIPT = re.compile(r"/report/receipt/(\d{9})/([0-9a-f]+)/")
ANSWER_LINK = re.compile(r"/(?:ar|fr|en)/desk/answer/[\w-]+/")
BODIES = "bodies.example"
"""Domain of the addresses that bodies have here."""
CITIZENS = "citizens.example"
ONE_IN = 4  # reports with a photo


@dataclass
class Ledger:
    """What was acknowledged to people: nothing else may be demanded of what is stored, and nothing less."""

    reports: dict[str, str] = field(default_factory=dict)
    """Key of the form → reference on the receipt."""
    answers: dict[str, str] = field(default_factory=dict)
    """Token of a link → what was answered with it."""
    troubles: list[str] = field(default_factory=list)
    """Answers that nobody should get, and people who were never answered."""

    def as_json(self) -> dict[str, object]:
        return {"reports": self.reports, "answers": self.answers}


def photo(draw: random.Random) -> bytes:
    """A JPEG that no other report has."""
    picture = Image.frombytes("RGB", (64, 48), draw.randbytes(64 * 48 * 3)).resize((640, 480))
    out = BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def filled_form(form_key: str, draw: random.Random) -> dict[str, str]:
    return {
        "form_key": form_key,
        "commune": draw.choice(COMMUNES),
        "place": "قرب المسجد",
        "description": f"شجرة مكسورة {draw.randrange(10**6)}",
        "email": f"c{draw.randrange(10**9)}@{CITIZENS}",
    }


class Person(threading.Thread, ABC):
    """Somebody who goes on until told to stop, and never breaks off what they began."""

    def __init__(self, port: int, ledger: Ledger, pause: float, seed: int) -> None:
        super().__init__(daemon=True)
        self.browser = Browser(port)
        self.ledger, self.pause, self.draw = ledger, pause, random.Random(seed)
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.wait(self.pause):
            try:
                self.do_one()
            except (NoAnswer, LookupError) as trouble:
                self.ledger.troubles.append(f"{type(self).__name__}: {trouble}")
        self.ledger.troubles += self.browser.surprises

    @abstractmethod
    def do_one(self) -> None:
        """Begin one thing and bring it to its end."""


class Citizen(Person):
    def do_one(self) -> None:
        """Take a form, send it until it is taken, and read the receipt."""
        form_key = self.browser.get(FORM).hidden("form_key")
        picture = photo(self.draw) if self.draw.randrange(ONE_IN) == 0 else None
        sent = self.browser.post(FORM, filled_form(form_key, self.draw), picture)
        found = RECEIPT.search(sent.address)
        if found is None:
            raise LookupError(f"a good form was answered with {sent.status}")
        receipt = self.browser.get(sent.address)
        shown = re.search(r'<bdi class="reference">([\d \u00a0\u202f]+)</bdi>', receipt.text)
        if shown is None or re.sub(r"\D", "", shown.group(1)) != found.group(1):
            raise LookupError("the receipt does not show the reference")
        self.ledger.reports[form_key] = found.group(1)


class Clerk(Person):
    """Reads the letters to the bodies and answers the first unanswered one.

    `share` is (which, of how many): several clerks divide the letters between them.
    """

    def __init__(self, port: int, ledger: Ledger, pause: float, share: tuple[int, int], post: Path) -> None:
        super().__init__(port, ledger, pause, share[0])
        self.post, self.share = post, share
        self.read: set[str] = set()

    def do_one(self) -> None:
        for path in sorted(self.post.glob("*.eml"), key=lambda path: path.stat().st_mtime):
            if path.name not in self.read:
                self.read.add(path.name)
                link = link_in(path) if self._is_mine(path.name) else None
                if link:
                    self.answer(link)
                    return

    def _is_mine(self, name: str) -> bool:
        mine, all_of_us = self.share
        return zlib.crc32(name.encode()) % all_of_us == mine

    def answer(self, link: str) -> None:
        """Say "received" first, and "done" by the link of the next letter. A link already used says so."""
        page = self.browser.get(link)
        choice = "received" if 'value="received"' in page.text else "done"
        fields = {"choice": choice, "version": version_of(page.text)}
        if choice == "done":
            fields |= {"outcome": "done", "text": "تم الإصلاح"}
        sent = self.browser.post(link, fields)
        if sent.status not in (302, 303, 409):  # 409: it was taken, only the answer to that got lost
            raise LookupError(f"a good answer by link was answered with {sent.status}")
        self.ledger.answers[link.rstrip("/").rpartition("/")[2]] = choice


def version_of(text: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', text)
    if found is None:
        raise LookupError("the page of a fresh link shows no form")
    return found.group(1)


def link_in(path: Path) -> str | None:
    """The path of the link to answer by, when the letter goes to a body and holds one."""
    letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    plain = letter.get_body(("plain",))
    if BODIES not in str(letter["To"]) or plain is None:
        return None
    found = ANSWER_LINK.search(plain.get_content())
    return found.group() if found else None


def begin(people: list[Person]) -> None:
    for person in people:
        person.start()


def finish(people: list[Person]) -> None:
    """Let everybody finish what they have begun."""
    for person in people:
        person.stopping.set()
    until = time.monotonic() + 120
    for person in people:
        person.join(max(0.0, until - time.monotonic()))
        if person.is_alive():
            person.ledger.troubles.append(f"{type(person).__name__} never came to an end")
