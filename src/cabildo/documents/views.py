"""Opening a document, and checking that one is what the municipality issued."""

import hashlib
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as say
from django.views.decorators.http import require_http_methods, require_safe

from cabildo.accounts.access import lacks_second_factor, log_reads, public, saw
from cabildo.documents import owners, queries, rules
from cabildo.documents.choices import Visibility
from cabildo.documents.forms import CodeForm, CompareForm
from cabildo.documents.models import SignedDocument
from cabildo.documents.responses import handed_over
from cabildo.ui import spanish
from cabildo.ui.parts import Fact

TOKEN = "clave"  # the parameter that carries the token of a tracking link  # noqa: S105


@public  # a file is a streaming response
@require_safe
def download(request: HttpRequest, public_id: UUID) -> HttpResponse | FileResponse:
    """Whoever its owner lets read it; everyone else is refused, and reads of personal data are logged."""
    document = queries.kept_document(public_id)
    if document is None:
        raise Http404
    asking = owners.reader(document.owner_type, document.owner_id, user=request.user, token=request.GET.get(TOKEN, ""))
    if not rules.may_read(document.visibility, asking):
        return _refuse(request)
    if asking.as_staff and not (asking.as_requester or asking.as_public) and lacks_second_factor(request):
        return redirect("second_factor")
    if asking.as_staff or asking.as_requester:
        saw(request, owners.persons(document.owner_type, document.owner_id))
        log_reads(request, purpose="document_download")
    return handed_over(document, is_public=asking.as_public and document.visibility == Visibility.PUBLIC)


def _refuse(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.get_full_path(), reverse("account_login"))


@public
@require_safe
def verify_start(request: HttpRequest) -> HttpResponse:
    """Where a person types the code printed in a document."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("documents:verify", code=form.cleaned_data["code"])
    return render(request, "documents/verify_start.html", {"form": form})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What was issued under this code, and whether a copy is the same. The copy is compared and not kept."""
    issued = queries.sealed_document(code)
    if issued is None:
        unknown = {"form": CodeForm(initial={"code": code}), "unknown": code}
        return render(request, "documents/verify_start.html", unknown, status=404)
    form = CompareForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"issued": issued, "form": form, "facts": _facts(issued)}
    if request.method == "POST" and form.is_valid():
        context["same"] = _sha256(form.cleaned_data["file"]) == issued.sha256
    return render(request, "documents/verify.html", context)


def _facts(issued: SignedDocument) -> list[Fact]:
    sealed, signed = issued.sealed_at, issued.signed_at
    facts = [
        Fact(say("Documento"), issued.title),
        Fact(say("Número"), issued.number),
        Fact(say("Emitido por"), issued.issuer),
        Fact(say("Fecha de emisión"), f"{spanish.long_date(sealed)}, {spanish.clock(sealed)}" if sealed else ""),
        Fact(say("Firma electrónica"), capfirst(issued.get_state_display())),
        Fact(say("Firmado por"), issued.signer),
        Fact(say("Fecha que declara la firma"), spanish.long_date(signed) if signed else ""),
        Fact(say("Código de verificación"), issued.code),
    ]
    return [fact for fact in facts if fact.value]


def _sha256(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
