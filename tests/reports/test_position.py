"""Positions as people write and paste them."""

import pytest

from nafida.reports.position import read_position


@pytest.mark.parametrize(
    "text",
    [
        "34.9193, -2.4223",
        " 34.9193,-2.4223 ",
        "34.9193 -2.4223",
        "34,9193 ; -2,4223",
        "34.9193° N, 2.4223° W",
        "34.9193 N 2.4223 O",
        "٣٤٫٩١٩٣، -٢٫٤٢٢٣",
        "34.9193, −2.4223",
        "\u200e34.9193, -2.4223\u200f",
        "geo:34.9193,-2.4223?z=17",
        "geo:0,0?q=34.9193,-2.4223(ici)",
        "https://www.google.com/maps/place/X/@34.9,-2.4,17z/data=!3m1!4b1!4m5!3m4!1s0x0:0x0!8m2!3d34.9193!4d-2.4223",
        "https://www.google.com/maps/@34.9193,-2.4223,17z",
        "https://maps.google.com/?q=34.9193%2C-2.4223",
        "https://www.openstreetmap.org/?mlat=34.9193&mlon=-2.4223#map=17/34.91/-2.42",
        "https://www.openstreetmap.org/#map=17/34.9193/-2.4223",
    ],
)
def test_a_position_is_read_as_longitude_and_latitude(text: str) -> None:
    assert read_position(text) == (-2.4223, 34.9193)


@pytest.mark.parametrize(
    "text",
    ["", "here", "34.9193", "91, 0", "0, 181", "34.9193, -2.4223, 5", "1e3, 2", "nan, nan", "https://x.example/a"],
)
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_position(text)


def test_a_southern_and_western_position_keeps_its_signs() -> None:
    assert read_position("12.5 S, 3.25 W") == (-3.25, -12.5)
