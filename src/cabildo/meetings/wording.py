"""What meetings says in words: what is missing, how long it took, whether there was a quorum."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.meetings.models import Body, Meeting
from cabildo.meetings.rules.closing import Gap
from cabildo.meetings.rules.quorum import Basis
from cabildo.meetings.rules.timing import Durations
from cabildo.ui import spanish


def gap_words(gap: Gap) -> str:
    """«el acta del punto «Presupuesto»»: what is missing, to be read after «Falta»."""
    if gap.code == "unmarked":
        one, many = "la asistencia de %(count)s persona", "la asistencia de %(count)s personas"
        return ngettext(one, many, gap.count) % {"count": gap.count}
    if gap.code == "minute":
        return _("lo tratado en el punto «%s»") % gap.title
    return {
        "attendance": _("anotar quiénes asistieron"),
        "quorum": _("declarar si hubo quórum"),
        "agenda": _("la tabla, con al menos un punto"),
    }[gap.code]


def minutes_words(minutes: int) -> str:
    """«1 h 20 min»."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else ""]
    return spanish.NO_BREAK_SPACE.join(part for part in parts if part)


def duration_words(found: Durations) -> str:
    """«prevista 1 h, real 1 h 20 min»; the real one only once it began."""
    planned = _("prevista %s") % minutes_words(found.planned)
    if found.real is None:
        return planned
    return _("%(planned)s, real %(real)s") % {"planned": planned, "real": minutes_words(found.real)}


def planned_words(meeting: Meeting) -> str:
    """«lunes 30 de noviembre de 2026, 10:00 a 11:00»: the plan."""
    return _span(meeting.planned_start_at, meeting.planned_end_at)


def held_words(meeting: Meeting) -> str:
    """The same of what was done, and «desde las 10:05» of another day; empty while it is as it was planned."""
    start, end = meeting.started_at, meeting.ended_at
    if start is None:
        return ""
    if end is not None:
        done = _span(start, end)
        return "" if done == planned_words(meeting) else done
    running = {"day": spanish.long_date(start), "hour": spanish.clock(start)}
    return _("%(day)s, desde las %(hour)s") % running if meeting.is_on_another_day else ""


def _span(start: datetime, end: datetime) -> str:
    return f"{spanish.long_date(start)}, {spanish.clock(start)} a {spanish.clock(end)}"


def quorum_words(meeting: Meeting) -> str:
    """The quorum as it was declared, with both counts; empty when it was not."""
    if meeting.quorum_stated_at is None:
        return ""
    facts = {"present": meeting.quorum_present, "total": meeting.quorum_total, "needed": meeting.quorum_needed}
    if meeting.quorum_met is None:
        return _("No se pudo calcular el quórum: nadie con voz integra el cuerpo ese día.")
    if meeting.quorum_met:
        return _("Hubo quórum: %(present)s de %(total)s integrantes con voz; se exigían %(needed)s.") % facts
    return _("No hubo quórum: %(present)s de %(total)s integrantes con voz; se exigían %(needed)s.") % facts


def _part(numerator: int, denominator: int) -> str:
    """«la mitad», «un tercio», «dos tercios»; «3/7» of what has no everyday name."""
    named = {
        (1, 2): _("la mitad"),
        (1, 3): _("un tercio"),
        (2, 3): _("dos tercios"),
        (1, 4): _("un cuarto"),
        (3, 4): _("tres cuartos"),
    }
    return named.get((numerator, denominator), f"{numerator}/{denominator}")


def quorum_rule_words(body: Body) -> str:
    """«más de la mitad de quienes tienen voz»: the rule of a body."""
    part = (body.quorum_numerator, body.quorum_denominator)
    share = {"share": _part(*part), "number": body.quorum_number}
    words = {
        Basis.NONE: _("no se exige"),
        Basis.MORE_THAN: _("más de %(share)s de quienes tienen voz"),
        Basis.AT_LEAST: _("al menos %(share)s de quienes tienen voz"),
        Basis.NUMBER: _("%(number)s personas con voz"),
    }
    return words[Basis(body.quorum_basis)] % share
