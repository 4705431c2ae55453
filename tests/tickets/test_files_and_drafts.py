"""A file asks for the same steps as the page it hangs from; a draft is forgotten only once it was sent."""

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError

from cabildo.documents.actions import store_upload
from cabildo.documents.models import Document
from cabildo.tickets import attachments, drafts
from cabildo.tickets.models import Ticket

PORTAL = "/m/puerto-claro/"
CONTACT = {"name": "Rosa Pérez", "email": "rosa@ejemplo.cl"}


@pytest.fixture
def paper(receive, diego) -> Document:
    return store_upload(
        ContentFile(b"acta", "acta.txt"), owner=receive(), kind="evidence", visibility="public", by=diego
    )


def test_who_owes_a_second_step_opens_no_file_before_taking_it(as_user, diego, paper, puerto_claro) -> None:
    puerto_claro.requires_second_factor = True
    puerto_claro.save()
    answer = as_user(diego).get(f"{PORTAL}documentos/{paper.public_id}/")

    assert (answer.status_code, "segundo-paso" in answer.url) == (302, True)


def test_what_only_officials_may_open_yet_is_kept_by_no_proxy(as_user, diego, paper) -> None:
    answer = as_user(diego).get(f"{PORTAL}documentos/{paper.public_id}/")
    answer.close()

    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("already_sent", [True, False])
def test_a_draft_that_was_not_sent_is_not_taken_for_sent(
    client, categories, receive, monkeypatch, already_sent: bool
) -> None:
    def refuse(*_: object) -> None:
        raise IntegrityError

    client.post(f"{PORTAL}solicitudes/nueva/luminaria/", {"kind": "reclamo", "text": "Está apagada."})
    (draft,) = client.session[drafts.DRAFTS].values()
    if already_sent:
        Ticket.objects.filter(pk=receive().pk).update(source="web", external_id=draft["key"])
    monkeypatch.setattr(attachments, "receive_with_photo", refuse)
    client.raise_request_exception = False

    sent = client.post(f"{PORTAL}solicitudes/nueva/luminaria/enviar/", CONTACT)
    assert sent.status_code == (302 if already_sent else 500)
