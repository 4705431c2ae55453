"""QR codes as SVG, to show on a page or print in a document."""

from io import BytesIO


def svg(text: str, *, title: str = "") -> str:
    """An SVG of the text with a quiet zone, error correction M, black on white, without size: its place decides.

    `title` is what a screen reader says; without one the drawing is hidden from it.
    """
    import segno  # with its tables, only for who draws one

    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, border=4, light="#fff", omitsize=True, title=title or None, nl=False
    )
    spoken = 'role="img"' if title else 'aria-hidden="true"'
    return out.getvalue().decode().replace("<svg ", f"<svg {spoken} ", 1)
