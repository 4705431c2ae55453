"""How is a body created, and how do people enter and leave it?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files import File
from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.queries import people_here
from cabildo.accounts.scoping import current_municipality
from cabildo.db.locking import lock_rows
from cabildo.documents.actions import store_upload
from cabildo.documents.choices import Kind, Visibility
from cabildo.kit.workdays import DAY
from cabildo.meetings.choices import Role, Sector, Sex
from cabildo.meetings.errors import MeetingsError
from cabildo.meetings.models import Body, Member
from cabildo.meetings.queries.sessions import overlapping
from cabildo.people.actions import Contact, put_on_record
from cabildo.people.models import Requester
from cabildo.ui.spanish import short_date

ALONE = (Role.CHAIR, Role.SECRETARY)
type By = User | audit.Actor


@dataclass(frozen=True)
class Act:
    """The act that creates a body or names somebody: an ActKind, its number, its date."""

    kind: str
    number: str
    on: date

    def fields(self) -> dict[str, Any]:
        return {"act_kind": self.kind, "act_number": self.number, "act_on": self.on}


@dataclass(frozen=True)
class Who:
    """A person: an official, somebody on record, or a name from outside. `email` is of the latter two.

    A `run` ("12345678-5"), which an officer saw, finds or opens the record of that person.
    """

    user: User | None = None
    requester: Requester | None = None
    name: str = ""
    organisation: str = ""
    email: str = ""
    run: str = ""
    sector: str = Sector.UNKNOWN
    sex: str = Sex.UNKNOWN

    def fields(self, *, by: By) -> dict[str, Any]:
        """As they are stored; MeetingsError person_missing when it is nobody."""
        if not (self.user or self.requester or self.name.strip()):
            raise MeetingsError("person_missing")
        requester = self.requester
        if self.run and not self.user:
            requester = put_on_record(Contact(name=self.name, run=self.run, email=self.email), by=by, trusted=True)
        shown = "" if self.user or requester else self.name.strip()
        plain = {"organisation": self.organisation, "sector": self._sector(), "sex": self.sex}
        return {"user": self.user, "requester": requester, "name": shown, "email": self.email or None, **plain}

    def _sector(self) -> str:
        """An official is of the municipality, unless somebody says another; whoever a programme sends is not."""
        if self.sector != Sector.UNKNOWN or self.user is None:
            return self.sector
        return Sector.MUNICIPAL if people_here().filter(pk=self.user.pk).exists() else Sector.UNKNOWN


@transaction.atomic
def create_body(*, name: str, kind: str, act: Act, by: By, paper: File | None = None, **more: Any) -> Body:
    """Create a body by its act. It begins on the day of the act unless `starts_on` says otherwise.

    `paper` is the file of the act; `more` are columns of `Body`. MeetingsError act_missing, ends_before_start or
    quorum_impossible.
    """
    if not act.number.strip():
        raise MeetingsError("act_missing")
    creator = by if isinstance(by, User) else None
    values = {"starts_on": act.on, **act.fields(), **more}
    body = Body(municipality=current_municipality(), name=name, kind=kind, created_by=creator, **values)
    if body.ends_on and body.ends_on < body.starts_on:
        raise MeetingsError("ends_before_start")
    if not body.quorum_rule.is_possible:
        raise MeetingsError("quorum_impossible")
    body.save(force_insert=True)
    if paper is not None:
        store_upload(paper, owner=body, kind=Kind.EVIDENCE, visibility=Visibility.INTERNAL, by=by)
    audit.record("body.created", on=body, by=by, data={"kind": kind, "act": [act.kind, act.on.isoformat()]})
    return body


@transaction.atomic
def correct_act(body: Body, act: Act, *, by: By, paper: File | None = None) -> Body:
    """Write the act of a body as it truly was, and keep its file. The body then begins no later than the act.

    MeetingsError act_missing; DocumentsError for the file.
    """
    body = lock_rows(Body.objects.filter(pk=body.pk)).get()
    if not act.number.strip():
        raise MeetingsError("act_missing")
    wanted = {**act.fields(), "starts_on": min(body.starts_on, act.on)}
    changed = sorted(name for name, value in wanted.items() if getattr(body, name) != value)
    Body.objects.filter(pk=body.pk).update(**wanted)
    if paper is not None:
        store_upload(paper, owner=body, kind=Kind.EVIDENCE, visibility=Visibility.INTERNAL, by=by)
    audit.record("body.corrected", on=body, by=by, data={"fields": changed})
    return Body.objects.get(pk=body.pk)


@transaction.atomic
def appoint(
    body: Body,
    who: Who,
    *,
    starts_on: date,
    by: By,
    role: str = Role.MEMBER,
    ends_on: date | None = None,
    has_voice: bool = True,
    act: Act | None = None,
    replaces: Member | None = None,
) -> Member:
    """Give somebody a seat from a day on, until another or for as long as the body lasts.

    MeetingsError person_missing, outside_body, already_member, or one_seat for a second chair or secretary.
    """
    body = lock_rows(Body.objects.filter(pk=body.pk)).get()
    _must_fit(body, starts_on, ends_on)
    person = who.fields(by=by)
    _must_be_free(body, person, role, starts_on, ends_on)
    member = Member.objects.create(
        municipality=body.municipality,
        body=body,
        role=role,
        has_voice=has_voice,
        starts_on=starts_on,
        ends_on=ends_on,
        replaces=replaces,
        **person,
        **(act.fields() if act else {}),
    )
    data = {"body": body.pk, "role": role, "user": member.user_id, "requester": str(member.requester_id or "")}
    audit.record("member.appointed", on=member, by=by, data=data)
    return member


def _must_fit(body: Body, starts_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on < starts_on:
        raise MeetingsError("ends_before_start")
    last = ends_on or starts_on
    if starts_on < body.starts_on or (body.ends_on and last > body.ends_on):
        until = f" hasta el {short_date(body.ends_on)}" if body.ends_on else ""
        raise MeetingsError("outside_body", since=short_date(body.starts_on), until=until)


def _must_be_free(body: Body, person: dict[str, Any], role: str, starts_on: date, ends_on: date | None) -> None:
    for other in overlapping(body, starts_on, ends_on):
        is_same = (person["user"] and other.user == person["user"]) or (
            person["requester"] and other.requester == person["requester"]
        )
        if is_same or (person["name"] and other.name.casefold() == person["name"].casefold()):
            raise MeetingsError("already_member", name=other.full_name)
        if role in ALONE and other.role == role:
            raise MeetingsError("one_seat", name=other.full_name)


@transaction.atomic
def end_term(member: Member, *, ends_on: date, reason: str, by: By) -> Member:
    """The seat is held until that day, included. MeetingsError reason_missing, ends_before_start or term_over."""
    member = lock_rows(Member.objects.filter(pk=member.pk)).get()
    if not reason.strip():
        raise MeetingsError("reason_missing")
    if member.ends_on and member.ends_on <= ends_on:
        raise MeetingsError("term_over", ends_on=short_date(member.ends_on))
    if ends_on < member.starts_on:
        raise MeetingsError("ends_before_start")
    member.ends_on, member.end_reason = ends_on, reason.strip()
    member.save(update_fields=["ends_on", "end_reason"])
    audit.record("member.ended", on=member, by=by, data={"ends_on": ends_on.isoformat()})
    return member


@transaction.atomic
def replace(member: Member, who: Who, *, starts_on: date, reason: str, by: By, act: Act | None = None) -> Member:
    """Somebody takes a seat with its role and voice; who held it leaves the day before. Both stay in the history."""
    ended = end_term(member, ends_on=starts_on - DAY, reason=reason, by=by)
    kept: dict[str, Any] = {"role": ended.role, "has_voice": ended.has_voice, "ends_on": member.ends_on}
    return appoint(ended.body, who, starts_on=starts_on, by=by, act=act, replaces=ended, **kept)
