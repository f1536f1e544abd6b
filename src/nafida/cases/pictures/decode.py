"""Decoding with Pillow. Imported by the helper process only: it is what a hostile picture attacks."""

import io
import math
import warnings
from dataclasses import dataclass

import pillow_heif

# Pillow imports plugins when it needs them; in the sealed process that is too late.
from PIL import (
    ExifTags,
    Image,
    ImageCms,
    ImageColor,  # noqa: F401
    MpoImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)

LONGEST_SIDE = 1600
THUMBNAIL_SIDE = 320
QUALITY = 80
THUMBNAIL_QUALITY = 75
PATCHES = 4  # at most so many along the longer side of a blurred area
MAX_PIXELS = 100_000_000
MAX_WEBP_PIXELS = 30_000_000  # its decoder takes 16 bytes for each (measured), so more would not fit in memory
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")


class Refused(Exception):
    """The picture is not taken; `code` as in NotAPicture."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Made:
    """What goes back through the pipe; `place` is (longitude, latitude)."""

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int
    place: tuple[float, float] | None


def warm_up() -> None:
    """Load every plugin and let every codec allocate once, while files may still be opened."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.preinit()
    # Embedded previews are another picture than the one that is shown elsewhere; threads would each take memory.
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    for form in ("JPEG", "PNG", "WEBP"):
        sample = io.BytesIO()
        Image.new("RGB", (32, 32)).save(sample, form)
        make_fit(sample.getvalue())


def make_fit(data: bytes) -> Made:
    """Decode the first frame, make it small, upright, sRGB and clean. Raises Refused."""
    form = _form(data)
    try:
        image = _open(data, form)
        place = _place(image)
        image = _upright(_srgb(_shrink(image)), _orientation(image))
        small = image.resize(_fit(image.size, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
        return Made(_jpeg(image, QUALITY), _jpeg(small, THUMBNAIL_QUALITY), *image.size, place)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as bomb:
        raise Refused("too_many_pixels") from bomb
    except Exception as broken:  # decoders raise anything on hostile bytes, and all of it means the same here
        raise Refused("unreadable") from broken


def make_blurred(data: bytes, areas: list[list[float]]) -> Made:
    """The picture with each area (x, y, width, height as parts of 1 from its upper left corner) made unreadable.

    An area becomes a few flat patches, each the mean of what it covers: nothing of what was there can be had back.
    Raises Refused.
    """
    try:
        image = _open(data, _form(data)).convert("RGB")
        for area in areas:
            box = _box(image.size, *area)
            size = box[2] - box[0], box[3] - box[1]
            patches = image.crop(box).resize(_fit(size, PATCHES), Image.Resampling.BOX)
            image.paste(patches.resize(size, Image.Resampling.NEAREST), box)
        small = image.resize(_fit(image.size, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
        return Made(_jpeg(image, QUALITY), _jpeg(small, THUMBNAIL_QUALITY), *image.size, None)
    except Refused:
        raise
    except Exception as broken:  # as in make_fit
        raise Refused("unreadable") from broken


def _box(size: tuple[int, int], x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
    """The pixels of an area, a little more rather than less, and always at least one."""
    left, top = (min(max(0, math.floor(at * side)), side - 1) for at, side in zip((x, y), size, strict=True))
    right, bottom = (min(side, math.ceil(end * side)) for end, side in zip((x + width, y + height), size, strict=True))
    return left, top, max(left + 1, right), max(top + 1, bottom)


def _form(data: bytes) -> str:
    """What the first bytes say it is, in Pillow's words; the file's name is never asked."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "HEIF"
    raise Refused("not_supported")


def _open(data: bytes, form: str) -> Image.Image:
    """Read the header only and refuse what would be too large to decode."""
    if form == "WEBP" and math.prod(_webp_size(data)) > MAX_WEBP_PIXELS:
        raise Refused("too_many_pixels")  # asked before Pillow, which allocates the canvas when it opens
    return Image.open(io.BytesIO(data), formats=[form])


def _webp_size(data: bytes) -> tuple[int, int]:
    """Canvas by the container's first chunk (RFC 9649, sections 2.5 to 2.7)."""
    if data[12:16] == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF


def _shrink(image: Image.Image) -> Image.Image:
    size = _fit(image.size, LONGEST_SIDE)
    drafted = image.draft(None, size)  # a JPEG is then decoded at a half, a quarter or an eighth
    image.load()
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    elif image.mode in ("LA", "PA", "La") or "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        image = image.convert("RGB")
    return image.resize(size, Image.Resampling.LANCZOS, drafted[1] if drafted else None, reducing_gap=2.0)


def _srgb(image: Image.Image) -> Image.Image:
    """Three channels in sRGB; what is transparent becomes white, a broken colour profile is passed over."""
    profile = image.info.get("icc_profile")
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
            image = converted or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # colours a little off are better than no picture
    return image.convert("RGB")


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # cameras write EXIF in every broken way; the picture is good without it
        return 1


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _place(image: Image.Image) -> tuple[float, float] | None:
    """(longitude, latitude) in degrees, None when the camera wrote none or nonsense (0, 0 is "no fix")."""
    try:
        facts = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        longitude = _degrees(facts[ExifTags.GPS.GPSLongitude], facts[ExifTags.GPS.GPSLongitudeRef], "W")
        latitude = _degrees(facts[ExifTags.GPS.GPSLatitude], facts[ExifTags.GPS.GPSLatitudeRef], "S")
    except Exception:  # as in _orientation
        return None
    if not (abs(longitude) <= 180 and abs(latitude) <= 90) or longitude == latitude == 0:
        return None
    return round(longitude, 6), round(latitude, 6)


def _degrees(parts: tuple[float, float, float], half: str | bytes, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    letter = half.decode("ascii") if isinstance(half, bytes) else half
    value = degrees + minutes / 60 + seconds / 3600
    return -value if letter.strip("\0 ").upper() == negative else value


def _fit(size: tuple[int, int], longest: int) -> tuple[int, int]:
    ratio = min(1.0, longest / max(size))
    return max(1, round(size[0] * ratio)), max(1, round(size[1] * ratio))


def _jpeg(image: Image.Image, quality: int) -> bytes:
    image.info = {}  # Pillow would write a comment and a resolution from here
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
    return out.getvalue()
