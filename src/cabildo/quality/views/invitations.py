"""Inviting again whoever was entered in a register of the programme and has not come in yet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cabildo.accounts import actions as accounts
from cabildo.accounts.access import AgencyRequest
from cabildo.accounts.errors import AccountsError
from cabildo.accounts.models import User


def send_again(request: AgencyRequest, person: User, back: str) -> HttpResponse:
    """The mail once more, unless they entered meanwhile."""
    if person.last_login:
        messages.error(request, _("%s ya entró: no necesita otra invitación.") % person)
        return redirect(back)
    try:
        accounts.invite_user(person, by=request.user, agency=request.agency)
    except AccountsError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("La invitación a %s sale otra vez.") % person.email)
    return redirect(back)
