"""The list and the form: session, user, one query; or one insert and one audit insert; or as many as the desk."""

from datetime import timedelta

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bench.floor.models import Entry, Part, SheetRow, Ticket

ROWS = 20
CLOCK = {"days": 20, "unit": "habiles", "due_on": "2026-12-22", "explanation": "día por día " * 30}
LETTER = "Recibimos su solicitud. " * 60


class TicketForm(forms.ModelForm):
    class Meta:
        model = Ticket
        fields = ["category", "name", "text"]


@login_required
def tickets(request: HttpRequest) -> HttpResponse:
    rows = Ticket.objects.filter(state="derived").select_related("category", "department", "assignee")
    return render(request, "list.html", {"rows": rows.order_by("-received_at", "-pk")[:ROWS]})


@login_required
def sheets(request: HttpRequest) -> HttpResponse:
    return render(request, "sheets.html", {"rows": SheetRow.objects.order_by("pk")})


@login_required
def create(request: HttpRequest) -> HttpResponse:
    form = TicketForm(request.POST or None)
    if form.is_valid():
        ticket = _ticket(form)
        with transaction.atomic():
            ticket.save()
            Entry.objects.create(user=request.user, action="ticket.received", subject=str(ticket.pk))
        return redirect("list")
    return render(request, "form.html", {"form": form})


@login_required
def create_whole(request: HttpRequest) -> HttpResponse:
    """The same, leaving as many rows by as many statements as the desk, with nothing thought or encrypted."""
    form = TicketForm(request.POST or None)
    if form.is_valid():
        ticket = _ticket(form)
        with transaction.atomic():
            Part.objects.create(kind="person", data={"name": ticket.name})
            ticket.save()
            Part.objects.bulk_create([Part(ticket=ticket, kind="clock", data=CLOCK) for _number in range(2)])
            Part.objects.create(ticket=ticket, kind="derivation")
            Part.objects.bulk_create([Part(ticket=ticket, kind="step", data={"channel": "counter"}) for _n in range(2)])
            Part.objects.create(ticket=ticket, kind="words", data={"words": ticket.text})
            Part.objects.create(ticket=ticket, kind="letter", data={"text": LETTER})
            Part.objects.create(ticket=ticket, kind="job", data={"letter": ticket.pk})
            Entry.objects.create(user=request.user, action="ticket.received", subject=str(ticket.pk))
            request.session["receipt"] = str(ticket.pk)
            request.session.save()
        return redirect("list")
    return render(request, "form.html", {"form": form})


def _ticket(form: TicketForm) -> Ticket:
    now = timezone.now()
    ticket: Ticket = form.save(commit=False)
    ticket.department_id, ticket.state, ticket.channel = 1, "derived", "counter"
    ticket.received_at, ticket.due_on = now, (now + timedelta(days=20)).date()
    return ticket
