"""Photos as they are kept: upright, of reasonable size, without place, camera or author inside."""

from io import BytesIO
from typing import TYPE_CHECKING

from cabildo.documents.errors import DocumentsError
from cabildo.documents.rules import MediaType

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE = 2560
MAX_PIXELS = 50_000_000
QUALITY = 85
FORMATS = {"JPEG": MediaType.JPEG, "PNG": MediaType.PNG, "WEBP": MediaType.WEBP}
BOMB = {"megapixels": MAX_PIXELS // 1_000_000, "unpacked": 200}


def reencode(content: bytes, name: str) -> tuple[bytes, MediaType]:
    """Decode and write the image again, so that nothing but its pixels survives.

    Raises DocumentsError `bomb` above 50 megapixels, `unreadable` when the picture is broken.
    """
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=tuple(FORMATS)) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise DocumentsError("bomb", name=name, **BOMB)
            kept = str(opened.format)
            return _write(_upright(opened), kept), FORMATS[kept]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DocumentsError("bomb", name=name, **BOMB) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise DocumentsError("unreadable", name=name) from error


def _upright(image: "Image.Image") -> "Image.Image":
    from PIL import ImageOps

    image.load()
    turned = ImageOps.exif_transpose(image)
    turned = _in_srgb(turned.convert("RGBA" if turned.has_transparency_data else "RGB"))
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turned.info.clear()  # comments, EXIF and XMP would be written again from here
    return turned


def _in_srgb(image: "Image.Image") -> "Image.Image":
    """Phones photograph in wider colour spaces; without the profile their colours would look dull."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile:
        return image
    try:
        converted = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


def _write(image: "Image.Image", kept: str) -> bytes:
    out = BytesIO()
    if kept == "PNG":
        image.save(out, "PNG", optimize=True)
    else:
        flat = image.convert("RGB") if kept == "JPEG" else image
        flat.save(out, kept, quality=QUALITY)
    return out.getvalue()
