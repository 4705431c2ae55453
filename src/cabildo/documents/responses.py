"""A kept file as the answer to whoever was let read it."""

from django.http import FileResponse
from django.utils.csp import CSP

from cabildo.documents import rules, storage
from cabildo.documents.models import Document
from cabildo.documents.rules import MediaType

# An opaque origin: nothing inside reaches this site. Safari's own PDF reader needs scripts of that origin.
SANDBOX = {MediaType.PDF: "sandbox allow-scripts"}
ALONE = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "


def handed_over(document: Document, *, is_public: bool = False) -> FileResponse:
    """The file, shown only when it can do no harm, and kept by no cache unless it is public."""
    inline = rules.may_show_inline(document.media_type, document.warnings)
    is_text = document.media_type.startswith("text/")
    response = FileResponse(
        storage.open_file(str(document.path)),
        as_attachment=not inline,
        filename=document.original_name,
        content_type=f"{document.media_type}; charset=utf-8" if is_text else document.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response[str(CSP.HEADER_ENFORCE)] = ALONE + SANDBOX.get(MediaType(document.media_type), "sandbox")
    response["Cache-Control"] = "public, max-age=300" if is_public else "private, no-store"
    return response
