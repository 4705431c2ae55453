"""Parts of a photo made unreadable before it is published: faces, number plates, papers."""

from dataclasses import dataclass
from io import BytesIO

from cabildo.documents.rules import MediaType
from cabildo.tickets.errors import TicketsError

FORMATS = {"JPEG": MediaType.JPEG, "PNG": MediaType.PNG, "WEBP": MediaType.WEBP}
EXTENSIONS = {MediaType.JPEG: ".jpg", MediaType.PNG: ".png", MediaType.WEBP: ".webp"}
QUALITY = 85
BLOCKS = 4  # along each side of a box: a mosaic this coarse cannot be undone, as a soft blur can


@dataclass(frozen=True)
class Box:
    """A rectangle in percent of the photo's width and height, from its top left corner."""

    left: int
    top: int
    width: int
    height: int


def blurred(content: bytes, boxes: list[Box]) -> tuple[bytes, MediaType]:
    """The photo with every box turned into a coarse mosaic; TicketsError `photo_unusable` when it cannot be read."""
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=tuple(FORMATS)) as opened:
            opened.load()
            kept, picture = str(opened.format), opened.convert("RGB")
    except (OSError, SyntaxError, ValueError) as error:
        raise TicketsError("photo_unusable") from error
    for box in boxes:
        corners = _pixels(box, picture.width, picture.height)
        piece = picture.crop(corners)
        coarse = piece.resize((BLOCKS, BLOCKS), Image.Resampling.BOX)
        picture.paste(coarse.resize(piece.size, Image.Resampling.NEAREST), corners)
    out = BytesIO()
    picture.save(out, kept, quality=QUALITY)
    return out.getvalue(), FORMATS[kept]


def _pixels(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """Left, upper, right and lower pixels inside the photo, at least one pixel wide and high."""
    left, top = min(box.left * width // 100, width - 1), min(box.top * height // 100, height - 1)
    right = min(width, max(left + 1, -(-(box.left + box.width) * width // 100)))
    bottom = min(height, max(top + 1, -(-(box.top + box.height) * height // 100)))
    return left, top, right, bottom
