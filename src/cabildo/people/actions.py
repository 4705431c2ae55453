"""How a requester is put on record, corrected and forgotten."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.fields import blind
from cabildo.kit import run as runs
from cabildo.kit import text as texts
from cabildo.people import rules
from cabildo.people.models import Requester, RequesterKind


@dataclass(frozen=True)
class Contact:
    """What a person says of themselves; everything may be unknown."""

    name: str = ""
    run: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    kind: str = RequesterKind.PERSON

    def __bool__(self) -> bool:
        return any((self.name, self.run, self.email, self.phone, self.address))


@transaction.atomic(savepoint=False)
def put_on_record(contact: Contact, *, by: User | audit.Actor | None, trusted: bool) -> Requester:
    """The requester of this RUN, completed; or a new one.

    A RUN that somebody merely typed proves nothing: only a `trusted` source (an officer who saw the
    card, a verified identity) finds and completes the person of that RUN, and only one whose RUN was
    proven before. A record that a stranger opened with it loses the RUN to its owner.
    """
    existing = _of_run(contact.run)
    if existing is not None and not trusted:
        return _unverified_twin(contact, by=by)
    if existing is not None and existing.run_proven:
        _complete(existing, contact, by=by)
        return existing
    if existing is not None:
        _take_run_from(existing, by=by)
    try:
        return _created(contact, by=by, run_proven=trusted and bool(contact.run))
    except IntegrityError:  # somebody else typed this RUN meanwhile
        return _unverified_twin(contact, by=by)


def _take_run_from(stranger: Requester, *, by: Any) -> None:
    stranger.run_index = None
    stranger.save(update_fields=["run_index"])
    audit.record("requester.run_taken", on=stranger, by=by, reason="run_not_verified")


def _created(contact: Contact, *, by: Any, run_proven: bool) -> Requester:
    requester = Requester(municipality=current_municipality(), run_proven=run_proven, **_stored(contact))
    with transaction.atomic(savepoint=bool(contact.run)):  # only a RUN can be taken already
        requester.save(force_insert=True)
    audit.record("requester.created", on=requester, by=by)
    return requester


def _of_run(run: str) -> Requester | None:
    if not run:
        return None
    return Requester.objects.filter(run_index=blind("people.run", runs.normalise(run))).first()


def _unverified_twin(contact: Contact, *, by: Any) -> Requester:
    """Someone says to be a known person and nothing proves it: a record apart, without the RUN."""
    stored = _stored(contact)
    stored["run_index"] = None
    requester = Requester(municipality=current_municipality(), **stored)
    requester.save(force_insert=True)
    audit.record("requester.created", on=requester, by=by, reason="run_not_verified")
    return requester


def _complete(requester: Requester, contact: Contact, *, by: Any) -> None:
    new = {name: value for name, value in _stored(contact).items() if value}
    changed = [name for name, value in new.items() if getattr(requester, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(requester, name, new[name])
    requester.save(update_fields=changed)
    audit.record("requester.completed", on=requester, by=by, data={"fields": changed})


@transaction.atomic
def rectify(requester: Requester, contact: Contact, *, by: User | audit.Actor) -> Requester:
    """Replace what is on record by what the person proved (Ley 21.719, rectificación)."""
    stored = _stored(contact)
    changed = [name for name, value in stored.items() if getattr(requester, name) != value]
    for name in changed:
        setattr(requester, name, stored[name])
    requester.save(update_fields=changed)
    audit.record("requester.rectified", on=requester, by=by, data={"fields": changed})
    return requester


@transaction.atomic
def anonymise(requester: Requester, *, by: User | audit.Actor, reason: str) -> None:
    """Forget who this was; what was asked and answered stays without a person."""
    empty = dict.fromkeys(["run", "run_index", "email", "email_index", "phone", "phone_index", "address", "user"])
    for name, value in empty.items():
        setattr(requester, name, value)
    requester.name = requester.name_folded = ""
    requester.anonymised_at = timezone.now()
    requester.save()
    audit.record("requester.anonymised", on=requester, by=by, reason=reason)


def _stored(contact: Contact) -> dict[str, Any]:
    """The columns of a contact: normal forms, with the blind index of those that are searched."""
    run = runs.normalise(contact.run) if contact.run else None
    email = rules.normal_email(contact.email) or None
    phone = contact.phone.strip() or None
    return {
        "kind": contact.kind,
        "name": contact.name.strip(),
        "name_folded": texts.fold(contact.name),
        "run": run,
        "run_index": blind("people.run", run) if run else None,
        "email": email,
        "email_index": blind("people.email", email) if email else None,
        "phone": phone,
        "phone_index": blind("people.phone", rules.normal_phone(phone)) if phone else None,
        "address": contact.address.strip() or None,
    }
