"""How allauth behaves here: staff accounts are made by an administrator, neighbours enter with ClaveÚnica."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from cabildo import audit
from cabildo.accounts import actions, claveunica, hooks
from cabildo.accounts.errors import AccountsError
from cabildo.accounts.models import User

PASSWORD_RESET = "account/email/password_reset_key"  # noqa: S105
LOGGED_OUT = "account/messages/logged_out.txt"
EVERY_DRAFT = "*"  # as autosave.js reads it
STATE_LENGTH = 40  # ClaveÚnica asks for thirty or more


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home_after_login")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        if getattr(request, "agency", None):
            return reverse("account_login")
        return reverse("portal_home" if getattr(request, "municipality", None) else "landing")

    def add_message(self, request: HttpRequest, level: int, *which: Any, **more: Any) -> None:
        """Leaving forgets what was half written on this device."""
        if which == (LOGGED_OUT,):
            more["extra_tags"] = EVERY_DRAFT
        super().add_message(request, level, *which, **more)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Inside a municipality the mail leaves through its own server and delivery log."""
        is_ours = template_prefix == PASSWORD_RESET and getattr(self.request, "municipality", None)
        if is_ours and hooks.can_deliver():
            url = context["password_reset_url"]
            hooks.deliver("accounts.password_reset", email, {"user": context["user"], "url": url, "at": timezone.now()})
        else:
            super().send_mail(template_prefix, email, context)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def generate_state_param(self, state: dict[str, Any]) -> str:
        return get_random_string(STATE_LENGTH)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user: User = sociallogin.user
        user.full_name = data["name"]
        user.run_index = sociallogin.account.uid
        user.email = claveunica.placeholder_email(sociallogin.account.uid)
        sociallogin.proven_run = data["run"]
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Whoever already has an account with this RUN enters with it; a neighbour's is made in the next step."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT and request.user.is_authenticated:
            self._link(request, sociallogin)
        elif not sociallogin.is_existing:
            known = User.objects.filter(run_index=sociallogin.account.uid).first()
            if known is not None:
                sociallogin.connect(request, known)
        if sociallogin.is_existing:
            hooks.identity_proven(sociallogin.user, sociallogin.proven_run)

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        municipality = getattr(request, "municipality", None)
        audit.record("user.created", on=user, by=user, municipality_id=municipality.pk if municipality else 0)
        hooks.identity_proven(user, sociallogin.proven_run)
        return user

    def _link(self, request: HttpRequest, sociallogin: Any) -> None:
        """An official who is inside proves their RUN once, and may enter with ClaveÚnica from then on."""
        try:
            actions.link_run(cast(User, request.user), run_index=sociallogin.account.uid, by=cast(User, request.user))
        except AccountsError as refusal:
            messages.error(request, refusal.sentence)
            raise ImmediateHttpResponse(redirect("socialaccount_connections")) from refusal
