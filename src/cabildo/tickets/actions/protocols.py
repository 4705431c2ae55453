"""How is a protocol written, approved, renewed, retired and acknowledged?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.locking import lock_rows
from cabildo.kit.workdays import DAY
from cabildo.tickets.choices import ProtocolState
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Protocol, ProtocolAcknowledgement
from cabildo.tickets.queries.protocols import next_version, pending_version

DAYS_PER_MONTH = 30
CARRIED = ("code", "title", "department", "step", "channels", "groups", "categories", "kinds", "body", "review_months")


@transaction.atomic
def write(*, title: str, department: Department, by: User | audit.Actor, code: str = "", **more: Any) -> Protocol:
    """Start the first version of a protocol as a draft."""
    code = code or _free_code(title)
    author = by if isinstance(by, User) else None
    protocol = Protocol.objects.create(
        municipality=current_municipality(),
        code=code,
        version=next_version(code),
        title=title,
        department=department,
        written_by=author,
        **more,
    )
    audit.record("protocol.written", on=protocol, by=by, data={"code": code, "version": protocol.version})
    return protocol


def _free_code(title: str) -> str:
    stem = slugify(title)[:50] or "protocolo"
    taken = set(Protocol.objects.filter(code__startswith=stem).values_list("code", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)


@transaction.atomic
def change(protocol: Protocol, *, by: User, **changes: Any) -> Protocol:
    """Change a version that nobody has approved; one sent to approval goes back to draft."""
    protocol = _unfinished(protocol)
    for name, value in {**changes, "state": ProtocolState.DRAFT}.items():
        setattr(protocol, name, value)
    protocol.save(update_fields=[*changes, "state"])
    audit.record("protocol.changed", on=protocol, by=by, data={"fields": sorted(changes)})
    return protocol


@transaction.atomic
def prepare_version(protocol: Protocol, *, by: User) -> Protocol:
    """A draft of the next version with the words of this one; this one stays in force until that is approved."""
    protocol = _locked(protocol)  # two clicks make one draft
    started = pending_version(protocol.code)
    if started is not None:
        raise TicketsError("protocol_has_draft", version=started.version)
    carried = {name: getattr(protocol, name) for name in CARRIED}
    return write(by=by, source=protocol.source, **carried)


@transaction.atomic
def submit(protocol: Protocol, *, by: User) -> Protocol:
    """Hand a draft to the head of the department."""
    protocol = _unfinished(protocol)
    protocol.state = ProtocolState.IN_APPROVAL
    protocol.save(update_fields=["state"])
    audit.record("protocol.submitted", on=protocol, by=by)
    return protocol


@transaction.atomic
def approve(protocol: Protocol, *, by: User, today: date, review_on: date | None = None) -> Protocol:
    """Put a version in force from now on, unchangeable, with its review date; the one before is retired."""
    protocol = _locked(protocol)
    if protocol.state != ProtocolState.IN_APPROVAL:
        raise TicketsError("protocol_not_in_approval")
    review_on = review_on or today + DAY * DAYS_PER_MONTH * protocol.review_months
    if review_on <= today:
        raise TicketsError("review_in_past")
    before = Protocol.objects.filter(code=protocol.code, state=ProtocolState.APPROVED)
    before.update(state=ProtocolState.RETIRED)
    protocol.state, protocol.review_on = ProtocolState.APPROVED, review_on
    protocol.approved_by, protocol.approved_at = by, timezone.now()
    protocol.save(update_fields=["state", "review_on", "approved_by", "approved_at"])
    audit.record("protocol.approved", on=protocol, by=by, data={"review_on": review_on.isoformat()})
    return protocol


@transaction.atomic
def retire(protocol: Protocol, *, by: User) -> Protocol:
    """Take a protocol out of use; its versions and who read them stay."""
    protocol = _locked(protocol)
    protocol.state = ProtocolState.RETIRED
    protocol.save(update_fields=["state"])
    audit.record("protocol.retired", on=protocol, by=by)
    return protocol


@transaction.atomic
def acknowledge(protocol: Protocol, *, by: User) -> ProtocolAcknowledgement:
    """This person says to know this version; twice changes nothing."""
    if protocol.state != ProtocolState.APPROVED:
        raise TicketsError("protocol_not_in_force")
    known, created = ProtocolAcknowledgement.objects.get_or_create(
        municipality=protocol.municipality, protocol=protocol, user=by, defaults={"at": timezone.now()}
    )
    if created:
        audit.record("protocol.acknowledged", on=protocol, by=by)
    return known


@transaction.atomic
def load_from_pack(body: Mapping[str, Any], *, source: str, by: User | audit.Actor) -> int:
    """Draft the protocols of an adopted pack that the municipality does not have yet; how many."""
    known = set(Protocol.objects.values_list("code", flat=True))
    departments = {department.code: department for department in Department.objects.all()}
    missing = [item for item in body["protocols"] if item["id"] not in known and item["department"] in departments]
    for item in missing:
        write(
            code=item["id"],
            title=item["title"],
            department=departments[item["department"]],
            by=by,
            step=item["step"],
            channels=list(item["channels"]),
            body=_words(item),
            review_months=item["review_months"],
            source=source,
            **{name: list(item["applies_to"].get(name, ())) for name in ("groups", "categories", "kinds")},
        )
    return len(missing)


def _words(item: Mapping[str, Any]) -> str:
    steps = [f"{number}. {step['text']}" for number, step in enumerate(item["steps"], start=1)]
    return "\n".join([item["purpose"], "", *steps])


def _locked(protocol: Protocol) -> Protocol:
    fresh: Protocol = lock_rows(Protocol.objects.filter(pk=protocol.pk)).get()
    return fresh


def _unfinished(protocol: Protocol) -> Protocol:
    fresh = _locked(protocol)
    if fresh.state in (ProtocolState.APPROVED, ProtocolState.RETIRED):
        raise TicketsError("protocol_fixed", version=fresh.version)
    return fresh
