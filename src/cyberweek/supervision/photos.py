"""Read an uploaded photo: what it is by its content, made small, without metadata, and how it looks. Pure: no Django.

What is kept is drawn anew from the pixels, so that a place, a name or a script in the file does not come along.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 12_000_000
MAX_PIXELS = 60_000_000
LONG_SIDE, THUMB_SIDE = 1_920, 360
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
ALIKE = 6  # of 64 bits: so few differ between two copies of one photo, sized or coloured otherwise
_ROWS = 8
_NOISE = 4  # of 255: an even ground is even in every copy


class BadPhoto(Exception):
    """Raised for a file that is not kept; `reason` is too-big, not-a-photo, too-many-pixels or broken."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photo as it is kept: JPEG without metadata, a small one beside it, its digest, and the marks of its looks."""

    body: bytes
    thumb: bytes
    digest: str
    looks: int
    width: int
    height: int


def prepare(data: bytes) -> Prepared:
    """Make an upload a photo to be kept. Raises BadPhoto."""
    if len(data) > MAX_BYTES:
        raise BadPhoto("too-big")
    image = _opened(data)
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    body = _jpeg(image)
    small = image.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return Prepared(body, _jpeg(small), hashlib.sha256(body).hexdigest(), looks_of(image), *image.size)


def looks_of(image: Image.Image) -> int:
    """Where grey grows from left to right on a grid of 9 × 8, as 64 bits: much alike for photos that look alike."""
    grid = image.convert("L").resize((_ROWS + 1, _ROWS), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for row in range(_ROWS):
        line = grid[row * (_ROWS + 1) : (row + 1) * (_ROWS + 1)]
        for left, right in pairwise(line):
            bits = bits << 1 | (left + _NOISE < right)
    return bits


def are_alike(one: int, other: int) -> bool:
    return (one ^ other).bit_count() <= ALIKE


def _opened(data: bytes) -> Image.Image:
    """The pixels, upright and in colour."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        raise BadPhoto("not-a-photo") from None
    if image.width * image.height > MAX_PIXELS:
        raise BadPhoto("too-many-pixels")
    try:
        image.draft("RGB", (LONG_SIDE, LONG_SIDE))
        return _on_white(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, IndexError):
        raise BadPhoto("broken") from None


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in {"RGBA", "LA", "P", "PA"}:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    Image.frombytes(image.mode, image.size, image.tobytes()).save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
