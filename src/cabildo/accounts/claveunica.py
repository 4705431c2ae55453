"""ClaveÚnica, the State's OpenID Connect provider: who entered is known by their RUN, kept as a blind index.

Claims, after its integration manual: `RolUnico {numero, DV, tipo}` and `name {nombres, apellidos}`; no e-mail.
"""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.providers.base.provider import ProviderException
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider

from cabildo.accounts.models import NO_MAILBOX
from cabildo.accounts.runs import run_index
from cabildo.kit import run as runs


class ClaveUnica(OpenIDConnectProvider):
    """Keyed on the RUN, not on `sub`; neither RUN nor claims are stored."""

    package = "allauth.socialaccount.providers.openid_connect"  # its addresses stay allauth's

    def extract_uid(self, data: Mapping[str, Any]) -> str:
        return run_index(proven_run(data["userinfo"]))

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: Mapping[str, Any]) -> dict[str, Any]:
        claims = data["userinfo"]
        return {"run": proven_run(claims), "name": full_name(claims)}

    def extract_email_addresses(self, data: Mapping[str, Any]) -> list[Any]:
        return []


def proven_run(claims: Mapping[str, Any]) -> str:
    """The RUN of the claims, "44444444-4". Raises ProviderException when its check digit does not fit."""
    role = claims.get("RolUnico") or {}
    run = f"{role.get('numero')}-{str(role.get('DV', '')).upper()}"
    if not runs.is_valid(run):
        raise ProviderException("the claims hold no valid RUN")
    return runs.normalise(run)


def full_name(claims: Mapping[str, Any]) -> str:
    name = claims.get("name") or {}
    return " ".join([*name.get("nombres", []), *name.get("apellidos", [])])[:120]


def placeholder_email(index: str) -> str:
    """An address of this person alone that can never receive anything."""
    return f"{index[:32]}{NO_MAILBOX}"
