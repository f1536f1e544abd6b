"""Pictures and what pretends to be one, made for tests."""

import io
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageCms

pillow_heif.register_heif_opener()

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
SECRET = b"Nikon of somebody"


def four_corners(width: int = 400, height: int = 200) -> Image.Image:
    """Red, green over blue, white: what is up and what is left can be seen."""
    image = Image.new("RGB", (2, 2))
    image.putdata([RED, GREEN, BLUE, WHITE])
    return image.resize((width, height), Image.Resampling.NEAREST)


def noise(width: int, height: int) -> Image.Image:
    """Like a photo for a codec: soft, and different everywhere."""
    return Image.effect_noise((width // 8, height // 8), 90).resize((width, height)).convert("RGB")


def encoded(image: Image.Image, form: str = "JPEG", **facts: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **facts)
    return out.getvalue()


def exif(orientation: int = 1, *, west: bool = True, place: bool = True) -> Image.Exif:
    """As a phone writes it: 34° 55' 12" N, 2° 19' 12" W, a maker and a note."""
    facts = Image.Exif()
    facts[ExifTags.Base.Orientation] = orientation
    facts[ExifTags.Base.Make] = SECRET.decode()
    if place:
        facts[ExifTags.IFD.GPSInfo] = {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (34.0, 55.0, 12.0),
            ExifTags.GPS.GPSLongitudeRef: "W" if west else "E",
            ExifTags.GPS.GPSLongitude: (2.0, 19.0, 12.0),
        }
    return facts


def profile_with_red_and_green_exchanged() -> bytes:
    """An ICC profile by which (255, 0, 0) is what sRGB calls green."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return srgb.replace(b"rXYZ", b"tXYZ", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"tXYZ", b"gXYZ", 1)


def png_of_nothing(width: int, height: int, *, clear: int | None = None) -> bytes:
    """A grey PNG of zeros, written by hand: a hundred kilobytes that unfold; `clear` is the transparent level."""
    size = (width + 1) * height
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    whole, rest = divmod(size, 1 << 20)
    adler = (size % 65521 << 16) + 1  # of so many zeros
    body = b"\x78\x01" + piece * whole + packer.compress(bytes(rest)) + packer.flush() + struct.pack(">I", adler)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    trns = b"" if clear is None else _chunk(b"tRNS", struct.pack(">H", clear))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + trns + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def segments(jpeg: bytes) -> set[int]:
    """Markers of a JPEG's segments up to its first scan (0xE1 is APP1: EXIF or XMP; 0xE2 ICC; 0xFE a comment)."""
    found, at = set(), 2
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def corners(jpeg: bytes) -> list[str]:
    """The colours of the four corners by name: top left, top right, bottom left, bottom right."""
    image = Image.open(io.BytesIO(jpeg)).convert("RGB")
    right, bottom = image.width - 3, image.height - 3
    return [colour(image.getpixel(at)) for at in ((2, 2), (right, 2), (2, bottom), (right, bottom))]


def colour(pixel: Any) -> str:
    names = {RED: "red", GREEN: "green", BLUE: "blue", WHITE: "white", (0, 0, 0): "black"}
    red, green, blue = (255 if level > 200 else 0 if level < 55 else level for level in pixel)
    return names.get((red, green, blue), str(pixel))
