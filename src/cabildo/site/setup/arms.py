"""The coat of arms as it is kept: a small PNG of our own encoding."""

from io import BytesIO
from typing import Any

from cabildo.documents.engine_images import reencode

HEIGHT = 240  # pixels: five times what the pages show, sharp on paper


def prepared(upload: Any) -> bytes:
    """The image as a PNG of at most 240 pixels. Raises DocumentsError when it is none; a drawing in SVG is refused."""
    from PIL import Image

    content, _media_type = reencode(upload.read(), upload.name)
    with Image.open(BytesIO(content)) as image:
        kept = image.convert("RGBA")
    kept.thumbnail((HEIGHT * 2, HEIGHT))
    out = BytesIO()
    kept.save(out, "PNG", optimize=True)
    return out.getvalue()
