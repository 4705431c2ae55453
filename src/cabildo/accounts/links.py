"""Full addresses, for mails and printed codes, and the signed link of an invitation."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import get_script_prefix, get_urlconf, reverse, set_script_prefix, set_urlconf
from django.utils.crypto import salted_hmac

from cabildo.accounts.models import Agency, User
from cabildo.accounts.scoping import current_municipality

INVITATION_SALT = "accounts.invitation"
INVITATION_DAYS = 14


@contextmanager
def addresses() -> Iterator[str]:
    """`reverse` answers inside the municipality of the scope, as in a request; yields its host, if it has one."""
    slug = current_municipality().slug
    host = next((host for host, known in settings.MUNICIPALITY_HOSTS.items() if known == slug), "")
    with _answering(settings.MUNICIPALITY_URLCONF, "/" if host else f"/m/{slug}/"):
        yield host


@contextmanager
def _answering(urlconf: str, prefix: str) -> Iterator[None]:
    before, prefix_before = get_urlconf(), get_script_prefix()
    set_urlconf(urlconf)
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_urlconf(before)
        set_script_prefix(prefix_before)


def absolute(name: str, *arguments: object) -> str:
    """The full address of a page of the municipality in the scope."""
    with addresses() as host:
        path = reverse(name, args=arguments)
    return _at(host, path)


def in_full(path: str) -> str:
    """The full address of a path that `reverse` gave inside `addresses`."""
    with addresses() as host:
        return _at(host, path)


def _at(host: str, path: str) -> str:
    scheme = settings.BASE_ADDRESS.partition("://")[0]
    return f"{scheme}://{host}{path}" if host else f"{settings.BASE_ADDRESS}{path}"


def of_agency(agency: Agency, name: str, *arguments: object) -> str:
    """The full address of a page of an agency's desk."""
    with _answering(settings.AGENCY_URLCONF, f"/a/{agency.slug}/"):
        return f"{settings.BASE_ADDRESS}{reverse(name, args=arguments)}"


def invitation_token(user: User) -> str:
    return signing.dumps({"u": user.pk, "s": _state(user)}, salt=INVITATION_SALT, compress=True)


def invitation_url(user: User) -> str:
    return absolute("invitation", invitation_token(user))


def entrance_url(user: User, agency: Agency | None = None) -> str:
    """Where a person enters for the first time: choosing a password, or with the one they have."""
    if agency is None:
        return absolute("account_login") if user.has_usable_password() else invitation_url(user)
    if user.has_usable_password():
        return of_agency(agency, "account_login")
    return of_agency(agency, "invitation", invitation_token(user))


def invited_user(token: str) -> User | None:
    """Whom a link invites; None when it was tampered with, is too old, or a password was set since."""
    try:
        named = signing.loads(token, salt=INVITATION_SALT, max_age=timedelta(days=INVITATION_DAYS))
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=named["u"], is_active=True).first()
    return user if user is not None and _state(user) == named["s"] else None


def _state(user: User) -> str:
    """Changes with the password, so that the link serves once."""
    return salted_hmac(INVITATION_SALT, user.password, algorithm="sha256").hexdigest()[:20]
