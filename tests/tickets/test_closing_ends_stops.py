"""What is closed waits for nothing, and says truly how it ended."""

from datetime import timedelta

from django.core import mail
from django.utils import timezone
from tests.tickets.joining_world import PEDRO

from cabildo.tickets import links
from cabildo.tickets.actions import adhering, answering, handling, pausing, silence
from cabildo.tickets.choices import Channel
from cabildo.tickets.models import Ticket, TicketPause
from cabildo.tickets.queries.reasons import PauseReason

TODAY = timezone.localdate


def silenced(ticket: Ticket, by) -> Ticket:
    Ticket.objects.filter(pk=ticket.pk).update(legal_due_on=TODAY() - timedelta(days=3))
    silence.declare(ticket, effect="rejected", grounds="No se alcanzó.", by=by, today=TODAY())
    return Ticket.objects.get(pk=ticket.pk)


def test_a_stop_that_ran_out_does_not_outlive_the_withdrawal(receive, diego) -> None:
    ticket = handling.acknowledge(receive(), by=diego)
    handling.ask_requester(ticket, text="¿Dónde?", by=diego, today=TODAY())
    Ticket.objects.update(is_stopped=False)  # as the morning leaves it when its five days are over
    answering.withdraw(ticket, by=diego, reason="No respondió.", today=TODAY())

    assert not TicketPause.objects.filter(ended_on=None).exists()


def test_a_stop_of_the_goal_does_not_outlive_the_silence(receive, diego, monkeypatch) -> None:
    supplier = PauseReason("waiting_supplier", "Espera de materiales", "", 15, "habiles", "Esperamos materiales.")
    monkeypatch.setattr(pausing, "pause_reasons", lambda: [supplier])
    ticket = receive()
    pausing.stop(ticket, reason_code="waiting_supplier", note="", by=diego, today=TODAY())

    silenced(ticket, diego)

    assert not TicketPause.objects.filter(ended_on=None).exists()


def test_who_adhered_is_not_told_that_a_silence_was_a_withdrawal(receive, diego, run_jobs) -> None:
    ticket = receive()
    adhering.adhere(ticket, adhering.Joining(PEDRO, Channel.WEB), by=None)
    silenced(ticket, diego)
    run_jobs()

    told = next(m for m in mail.outbox if m.to == ["pedro@ejemplo.cl"] and "Se cerró" in m.body)
    assert "silencio administrativo" in told.body
    assert "quien la presentó ya no siguió" not in told.body


def test_the_tracking_page_claims_no_answer_that_was_not_given(client, receive, diego) -> None:
    ticket = silenced(receive(), diego)
    page = client.get(f"/m/puerto-claro/seguimiento/{links.tracking_token(ticket)}/").content.decode()

    assert "sin respuesta. La tenía:" in page
    assert "La respondió" not in page
