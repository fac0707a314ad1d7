"""Photos as somebody would upload them."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def drawn(kind: str = "JPEG", *, size: tuple[int, int] = (400, 300), mark: int = 0, **more: object) -> bytes:
    """A picture of some shapes; another `mark` gives one that looks different."""
    width, height = 400, 300
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for place in range(4):
        left, top = (37 * (mark + 1) * (place + 1)) % width, (53 * (mark + 2) * (place + 1)) % height
        draw.ellipse((left, top, left + width // 4, top + height // 3), fill=(40 * place, 90, 30 + 20 * mark % 200))
    out = io.BytesIO()
    image.resize(size).save(out, kind, **more)
    return out.getvalue()
