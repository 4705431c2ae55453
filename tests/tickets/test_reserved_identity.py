"""What stays in the file of a reserved request names nobody; nor does what others get of an answer."""

import pytest
from django.core import mail
from tests.tickets.joining_world import PEDRO

from cabildo.people.actions import Contact
from cabildo.tickets import links
from cabildo.tickets.actions import adhering, answering, handling
from cabildo.tickets.answer_templates import values_for
from cabildo.tickets.choices import Channel
from cabildo.tickets.letters import answer_pdf
from cabildo.tickets.models import Answer, Ticket
from cabildo.tickets.queries.visibility import may_see_identity

ROSA = Contact(name="Rosa Pérez", email="rosa@ejemplo.cl")


@pytest.mark.parametrize(("reserved", "addressee"), [(False, "Rosa Pérez"), (True, "A quien corresponda")])
def test_the_letter_of_a_reserved_request_names_nobody(receive, diego, monkeypatch, reserved, addressee) -> None:
    answering.answer(receive(contact=ROSA, wants_reserve=reserved), text="Listo.", outcome="resolved", by=diego)
    answer = Answer.objects.select_related("ticket", "decided_by").get()
    monkeypatch.setattr("cabildo.documents.papers.pdf", lambda paper: paper)

    assert answer_pdf(answer, "7KQM-2WXA-9TRB").addressee == addressee


def test_a_template_names_nobody_in_a_reserved_request_whoever_fills_it(receive, diego) -> None:
    ticket = receive(contact=ROSA, wants_reserve=True)

    assert may_see_identity(diego, ticket)
    assert values_for(ticket, by=diego)["nombre"] == "vecina o vecino"


def test_a_template_does_not_hand_out_the_person_s_own_link(receive, diego) -> None:
    ticket = receive(contact=ROSA)
    values = values_for(ticket, by=diego)

    assert links.tracking_token(ticket) not in values["enlace_seguimiento"]
    assert values["enlace_seguimiento"].endswith("/seguimiento/")


def test_who_adheres_reads_the_answer_without_the_other_s_name(receive, diego, run_jobs) -> None:
    ticket = receive(contact=ROSA)
    adhering.adhere(ticket, adhering.Joining(PEDRO, Channel.WEB), by=None)
    answering.answer(ticket, text="Estimada Rosa Pérez: cambiamos la luz.", outcome="resolved", by=diego)
    run_jobs()

    told = next(m for m in mail.outbox if m.to == ["pedro@ejemplo.cl"] and "Se cerró" in m.body)
    assert "cambiamos la luz" in told.body
    assert "Rosa" not in told.body
    assert "Pérez" not in told.body


def test_a_request_that_becomes_of_a_reserved_subject_becomes_reserved(receive, categories, oficina) -> None:
    categories["rubbish"].is_reserved = True
    categories["rubbish"].save()
    ticket = handling.reclassify(receive(contact=ROSA), category=categories["rubbish"], kind="denuncia", by=oficina)

    assert Ticket.objects.get(pk=ticket.pk).is_reserved
    assert not may_see_identity(oficina, ticket)
