"""The list and the form: session, user, one query; or one insert and one audit insert."""

from datetime import timedelta

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bench.floor.models import Entry, Ticket

ROWS = 20


class TicketForm(forms.ModelForm):
    class Meta:
        model = Ticket
        fields = ["category", "name", "text"]


@login_required
def tickets(request: HttpRequest) -> HttpResponse:
    rows = Ticket.objects.filter(state="derived").select_related("category", "department", "assignee")
    return render(request, "list.html", {"rows": rows.order_by("-received_at", "-pk")[:ROWS]})


@login_required
def create(request: HttpRequest) -> HttpResponse:
    form = TicketForm(request.POST or None)
    if form.is_valid():
        now = timezone.now()
        ticket = form.save(commit=False)
        ticket.department_id, ticket.state, ticket.channel = 1, "derived", "counter"
        ticket.received_at, ticket.due_on = now, (now + timedelta(days=20)).date()
        with transaction.atomic():
            ticket.save()
            Entry.objects.create(user=request.user, action="ticket.received", subject=str(ticket.pk))
        return redirect("list")
    return render(request, "form.html", {"form": form})
