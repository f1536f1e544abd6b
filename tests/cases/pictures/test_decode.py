"""What is taken, what comes out of it, and what is refused with which code."""

import hashlib
import io

import pytest
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from nafida.cases.pictures.sandbox import MAX_BYTES, NotAPicture, Sandbox
from nafida.cases.pictures.words import WHY_NOT
from tests.cases.pictures import made

UPRIGHT = ["red", "green", "blue", "white"]


def refusal(sandbox: Sandbox, data: bytes) -> str:
    with pytest.raises(NotAPicture) as refused:
        sandbox.prepare(data)
    assert refused.value.code in WHY_NOT
    return refused.value.code


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_what_phones_and_browsers_write_is_taken(sandbox: Sandbox, form: str) -> None:
    data = made.encoded(made.four_corners(), form)
    picture = sandbox.prepare(data)
    assert made.corners(picture.jpeg) == UPRIGHT
    assert (picture.width, picture.height) == (400, 200)
    assert picture.sha256 == hashlib.sha256(data).hexdigest()
    assert picture.taken_place is None


def test_a_large_photo_becomes_1600_pixels_with_a_thumbnail_of_320(sandbox: Sandbox) -> None:
    picture = sandbox.prepare(made.encoded(made.four_corners(3000, 4000), quality=90))
    assert (picture.width, picture.height) == (1200, 1600)
    assert Image.open(io.BytesIO(picture.jpeg)).size == (1200, 1600)
    assert Image.open(io.BytesIO(picture.thumbnail)).size == (240, 320)
    assert made.corners(picture.thumbnail) == UPRIGHT
    assert Image.open(io.BytesIO(picture.jpeg)).info.get("progressive")


def test_a_small_photo_is_not_blown_up(sandbox: Sandbox) -> None:
    picture = sandbox.prepare(made.encoded(made.four_corners(100, 1)))
    assert (picture.width, picture.height) == (100, 1)
    assert Image.open(io.BytesIO(picture.thumbnail)).size == (100, 1)


def test_a_strip_of_one_pixel_keeps_a_pixel(sandbox: Sandbox) -> None:
    picture = sandbox.prepare(made.encoded(made.four_corners(20_000, 2), "PNG"))
    assert (picture.width, picture.height) == (1600, 1)


@pytest.mark.parametrize("turned", range(1, 9))
def test_every_orientation_comes_out_upright(sandbox: Sandbox, turned: int) -> None:
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(turned)  # the turn that a camera's sensor stood in
    image = made.four_corners(400, 200)
    lying = image if back is None else image.transpose(Image.Transpose(back))
    picture = sandbox.prepare(made.encoded(lying, exif=made.exif(turned)))
    assert made.corners(picture.jpeg) == made.corners(picture.thumbnail) == UPRIGHT
    assert (picture.width, picture.height) == (400, 200)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_place_is_told_and_gone_from_the_bytes(sandbox: Sandbox, form: str) -> None:
    facts = {"exif": made.exif(), "icc_profile": made.profile_with_red_and_green_exchanged()}
    facts |= {"xmp": b"<x:xmpmeta>34.92</x:xmpmeta>"} if form != "PNG" else {}
    data = made.encoded(made.four_corners(), form, **facts)
    assert made.SECRET in data
    picture = sandbox.prepare(data)
    assert picture.taken_place == (-2.32, 34.92)
    for clean in (picture.jpeg, picture.thumbnail):
        assert not made.segments(clean) & {*range(0xE1, 0xF0), 0xFE}
        assert not [word for word in (b"Exif", b"xmp", b"ICC_PROFILE", made.SECRET) if word in clean]


def test_a_comment_and_what_follows_the_picture_are_dropped(sandbox: Sandbox) -> None:
    data = made.encoded(made.four_corners(), comment=made.SECRET) + b"PK\x03\x04<script>alert(1)</script>"
    picture = sandbox.prepare(data)
    assert made.corners(picture.jpeg) == UPRIGHT
    assert picture.jpeg.endswith(b"\xff\xd9")
    assert not [word for word in (made.SECRET, b"script", b"PK\x03\x04") if word in picture.jpeg + picture.thumbnail]


@pytest.mark.parametrize(
    ("east", "latitude", "expected"),
    [
        (True, (34.0, 55.0, 12.0), (2.32, 34.92)),
        (False, (95.0, 0.0, 0.0), None),
        (False, (IFDRational(0, 0), 0.0, 0.0), None),
        (False, (34.0, 55.0), None),
    ],
)
def test_a_place_that_cannot_be_is_no_place(
    sandbox: Sandbox, east: bool, latitude: tuple[float, ...], expected: tuple[float, float] | None
) -> None:
    facts = made.exif(west=not east)
    facts[ExifTags.IFD.GPSInfo][ExifTags.GPS.GPSLatitude] = latitude
    assert sandbox.prepare(made.encoded(made.four_corners(), exif=facts)).taken_place == expected


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize(
    "rotten",
    [
        b"Exif\0\0MM\0*\xff\xff\xff\xff",
        b"Exif\0\0",
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x08",  # the GPS facts are the page itself
        made.exif().tobytes()[:-30],
    ],
)
def test_broken_exif_costs_the_place_and_not_the_picture(sandbox: Sandbox, form: str, rotten: bytes) -> None:
    picture = sandbox.prepare(made.encoded(made.four_corners(), form, exif=rotten))
    assert made.corners(picture.jpeg) == UPRIGHT
    assert picture.taken_place is None


def test_colours_are_turned_into_srgb(sandbox: Sandbox) -> None:
    profile = made.profile_with_red_and_green_exchanged()
    picture = sandbox.prepare(made.encoded(made.four_corners(), icc_profile=profile))
    assert made.corners(picture.jpeg) == ["green", "red", "blue", "white"]


def test_a_broken_colour_profile_is_passed_over(sandbox: Sandbox) -> None:
    picture = sandbox.prepare(made.encoded(made.four_corners(), icc_profile=b"no profile" * 20))
    assert made.corners(picture.jpeg) == UPRIGHT


def test_what_is_transparent_becomes_white(sandbox: Sandbox) -> None:
    for clear in (Image.new("RGBA", (50, 50), (0, 0, 0, 0)), Image.new("LA", (50, 50), (0, 0))):
        assert made.corners(sandbox.prepare(made.encoded(clear, "PNG")).jpeg) == ["white"] * 4
    assert made.corners(sandbox.prepare(made.png_of_nothing(50, 50, clear=0)).jpeg) == ["white"] * 4


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_every_way_to_write_white_is_white(sandbox: Sandbox, mode: str) -> None:
    white = Image.new("I;16", (50, 50), 65535) if mode == "I;16" else Image.new("RGB", (50, 50), "white").convert(mode)
    picture = sandbox.prepare(made.encoded(white, "JPEG" if mode == "CMYK" else "PNG"))
    assert made.corners(picture.jpeg) == ["white"] * 4


def test_sixteen_bits_of_grey_are_scaled_and_not_cut(sandbox: Sandbox) -> None:
    picture = sandbox.prepare(made.encoded(Image.new("I;16", (50, 50), 32768), "PNG"))
    assert Image.open(io.BytesIO(picture.jpeg)).getpixel((25, 25)) == (128, 128, 128)


def test_of_a_moving_picture_the_first_frame_is_taken(sandbox: Sandbox) -> None:
    other = [Image.new("RGB", (400, 200), "black")]
    for form in ("WEBP", "PNG", "MPO"):
        moving = made.encoded(made.four_corners(), form, save_all=True, append_images=other)
        assert made.corners(sandbox.prepare(moving).jpeg) == UPRIGHT


@pytest.mark.parametrize("form", ["GIF", "TIFF", "BMP", "PDF", "ICO", "AVIF"])
def test_other_kinds_of_files_are_not_supported(sandbox: Sandbox, form: str) -> None:
    assert refusal(sandbox, made.encoded(made.four_corners(32, 32), form)) == "not_supported"


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe", b"\0" * 99]
)
def test_what_is_no_picture_is_not_supported(sandbox: Sandbox, data: bytes) -> None:
    assert refusal(sandbox, data) == "not_supported"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_what_did_not_arrive_whole_is_unreadable(sandbox: Sandbox, form: str) -> None:
    data = made.encoded(made.noise(640, 480), form)
    for part in (16, len(data) // 3, len(data) * 9 // 10):
        assert refusal(sandbox, data[:part]) == "unreadable"


def test_more_than_twenty_megabytes_are_too_big(sandbox: Sandbox) -> None:
    data = made.encoded(made.four_corners())
    assert refusal(sandbox, data.ljust(MAX_BYTES + 1, b"\0")) == "too_big"
    assert sandbox.prepare(data.ljust(MAX_BYTES, b"\0")).width == 400


def test_a_bomb_of_nine_hundred_megapixels_is_refused_by_its_header(sandbox: Sandbox) -> None:
    assert refusal(sandbox, made.png_of_nothing(30_000, 30_000)) == "too_many_pixels"
    assert refusal(sandbox, made.png_of_nothing(10_001, 10_000)) == "too_many_pixels"


def test_a_webp_that_would_not_fit_in_memory_is_refused_by_its_header(sandbox: Sandbox) -> None:
    lossy, lossless, extended = (
        bytearray(made.encoded(made.four_corners(), "WEBP", **facts))
        for facts in ({}, {"lossless": True}, {"exif": made.exif()})
    )
    lossy[26:30] = (6_000).to_bytes(2, "little") * 2
    lossless[21:25] = (5_999 << 14 | 5_999).to_bytes(4, "little")
    extended[24:30] = (5_999).to_bytes(3, "little") * 2
    assert [refusal(sandbox, bytes(data)) for data in (lossy, lossless, extended)] == ["too_many_pixels"] * 3


def test_a_bomb_that_passes_the_header_is_decoded_when_it_fits(sandbox: Sandbox) -> None:
    picture = sandbox.prepare(made.png_of_nothing(9_000, 6_000))
    assert (picture.width, picture.height) == (1600, 1067)
