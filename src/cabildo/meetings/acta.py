"""The acta: all that a closed version says, and its paper."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cabildo.accounts.links import absolute
from cabildo.accounts.queries import arms_png
from cabildo.accounts.scoping import current_municipality
from cabildo.documents import papers, word
from cabildo.meetings.choices import Sector, Sex, SigningMethod
from cabildo.meetings.models import Acta, AgendaItem, Agreement, Attendance, Meeting, Signature
from cabildo.meetings.queries import sessions
from cabildo.meetings.queries.signing import reference
from cabildo.meetings.rules.attendance import Tally, by_trait, tally
from cabildo.meetings.rules.signing import who_must_sign
from cabildo.meetings.wording import duration_words, quorum_words
from cabildo.ui import spanish


def content_of(meeting: Meeting) -> dict[str, Any]:
    """Everything the acta of a meeting says, in words, to be frozen."""
    people, items = list(sessions.listed(meeting)), list(sessions.items_of(meeting))
    return {
        "title": meeting.title,
        "folio": meeting.folio,
        "facts": _facts(meeting, people, items),
        "people": [_person(person) for person in people if person.came is not None],
        "tallies": _tallies(people),
        "quorum": quorum_words(meeting),
        "quorum_note": meeting.quorum_note,
        "points": [_item(item) for item in items],
        "agreements": [_agreement(one) for one in sessions.agreements_of_meeting(meeting)],
        "signers": _signers(people),
    }


def _facts(meeting: Meeting, people: list[Attendance], items: list[AgendaItem]) -> list[list[str]]:
    body, end = meeting.body, meeting.ended_at or meeting.planned_end_at
    start = meeting.started_at or meeting.planned_start_at
    act = f"{body.get_act_kind_display()} N° {body.act_number}, {spanish.long_date(body.act_on)}" if body else ""
    durations = sessions.durations_of(meeting, items, end)
    led = {role: ", ".join(p.full_name for p in people if p.role == role and p.came) for role in ("chair", "secretary")}
    facts = [
        [_("Cuerpo"), str(body or "")],
        [_("Creado por"), act],
        [_("Tipo"), meeting.get_kind_display()],
        [_("Fecha"), spanish.long_date(start)],
        [_("Hora"), _("de %(start)s a %(end)s") % {"start": spanish.clock(start), "end": spanish.clock(end)}],
        [_("Duración"), duration_words(durations)],
        [_("Lugar"), meeting.place or _("Reunión a distancia")],
        [_("Preside"), led["chair"]],
        [_("Lleva el acta"), led["secretary"]],
    ]
    return [fact for fact in facts if fact[1]]


def _person(person: Attendance) -> dict[str, str]:
    marks = {"came": _("Presente"), "absent": _("Ausente"), "excused": _("Con excusa")}
    mark = marks[person.mark] if person.expected else _("Presente, sin convocar")
    represented = _("representa %s") % person.represented_by if person.represented_by else ""
    return {
        "name": person.full_name,
        "organisation": person.organisation,
        "role": person.get_role_display() if person.member_id else _("invitación"),
        "sector": person.get_sector_display(),
        "mark": f"{mark}; {represented}" if represented else mark,
    }


def _tallies(people: list[Attendance]) -> list[list[str]]:
    """Group, expected, came of them, came without being called."""
    seen = sessions.seen(people)
    rows = [[_("Todas las personas"), *_counts(tally(seen))]]
    for trait, choices, label in (("sector", Sector, _("Sector")), ("sex", Sex, _("Sexo"))):
        found = by_trait(seen, trait)
        named = [(choice.label, found[choice.value]) for choice in choices if choice.value in found]
        rows += [[f"{label}: {name}", *_counts(counted)] for name, counted in named]
    return rows


def _counts(counted: Tally) -> list[str]:
    return [str(counted.expected), str(counted.came), str(counted.guests)]


def _item(item: AgendaItem) -> dict[str, str]:
    minute = sessions.minute_of(item)
    return {"title": item.title, "presenter": item.presenter, "text": minute.text, "dissent": minute.dissent}


def _agreement(agreement: Agreement) -> dict[str, str]:
    return {
        "number": str(agreement.number),
        "what": agreement.what,
        "responsible": agreement.responsible,
        "due_on": spanish.short_date(agreement.due_on),
    }


def _signers(people: list[Attendance]) -> list[dict[str, Any]]:
    """Who has a line to sign on: chair and secretary, else everybody present."""
    came = [person for person in people if person.came]
    must = who_must_sign([(person.pk, person.role) for person in came])
    return [
        {"id": person.pk, "name": person.full_name, "position": _position(person)}
        for person in came
        if not must or person.pk in must
    ]


def _position(person: Attendance) -> str:
    role = person.get_role_display().capitalize()
    return f"{role}, {person.organisation}" if person.organisation else role


def file_name(acta: Acta) -> str:
    return f"acta-{acta.meeting.folio}-v{acta.version}.pdf"


def pdf(acta: Acta, code: str) -> bytes:
    """The acta as it was closed, with the verification block of `code` and the signatures it has by now."""
    return papers.pdf(paper(acta, code))


def docx(acta: Acta) -> bytes:
    """The same content as editable Word, without verification block: what is edited is no longer the acta."""
    return word.docx(paper(acta))


def paper(acta: Acta, code: str = "") -> papers.Minutes:
    content = acta.content
    municipality = current_municipality()
    return papers.Minutes(
        title=_("Acta: %s") % content["title"],
        letterhead=papers.Letterhead(
            municipality=municipality.name,
            department=str(acta.meeting.body or ""),
            contact=absolute("portal_home"),
            arms=arms_png(municipality) if municipality.arms_sha256 else None,
            hue=municipality.hue,
        ),
        folio=reference(acta).removeprefix("ACTA "),
        folio_label=_("Acta"),
        issued_at=acta.closed_at,
        correction=acta.correction,
        facts=[(label, value) for label, value in content["facts"]],
        people=[papers.Attendee(**person) for person in content["people"]],
        tallies=content["tallies"],
        quorum=[line for line in (content["quorum"], content["quorum_note"]) if line],
        points=[_point(item) for item in content["points"]],
        agreements=[papers.AgreedLine(**one) for one in content["agreements"]],
        signatures=_signatures(acta),
        code=code,
        address=absolute("documents:verify", code) if code else "",
    )


def _point(item: Mapping[str, str]) -> papers.Point:
    return papers.Point(
        title=item["title"],
        presenter=item["presenter"],
        paragraphs=papers.paragraphs(item["text"]),
        dissent=papers.paragraphs(item["dissent"]),
    )


def _signatures(acta: Acta) -> list[papers.SignatureLine]:
    """A line for each who signs, with how it was signed; whoever signed without having to comes after."""
    given = {signature.attendance_id: signature for signature in acta.signatures.all()}
    lines = [
        papers.SignatureLine(name=one["name"], position=one["position"], mark=_mark(given.pop(one["id"], None)))
        for one in acta.content["signers"]
    ]
    more = [papers.SignatureLine(name=one.name, position=one.role, mark=_mark(one)) for one in given.values()]
    return lines + more


def _mark(signature: Signature | None) -> str:
    if signature is None or signature.method == SigningMethod.UPLOADED:
        return ""
    when = {"day": spanish.short_date(signature.at), "hour": spanish.clock(signature.at)}
    if signature.method == SigningMethod.PAPER:
        return _("Firmó el ejemplar impreso; se anotó el %(day)s, %(hour)s") % when
    return _("Firmó en la plataforma con su cuenta el %(day)s, %(hour)s") % when
