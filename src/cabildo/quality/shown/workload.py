"""The board of an agency: municipalities by professional, line and stage, and how many are late."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cabildo.accounts.models import Agency
from cabildo.indicators import drawings
from cabildo.indicators.boards import Board, Group, Panel
from cabildo.indicators.rules import Ratio
from cabildo.quality.choices import AccreditationStage, Line, Stage
from cabildo.quality.models import Enrolment
from cabildo.quality.queries import programme
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Figure, Table

NOBODY = ""


@dataclass(frozen=True)
class Load:
    """The municipalities of one professional: all, and those whose stage is past its day."""

    name: str
    municipalities: int
    late: int


def loads(enrolments: Iterable[Enrolment], late: frozenset[int]) -> list[Load]:
    """The busiest first; those without anybody last."""
    counted: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    for one in enrolments:
        name = str(one.professional) if one.professional else NOBODY
        counted[name] += 1
        behind[name] += one.municipality_id in late
    order = sorted(counted, key=lambda name: (name == NOBODY, -counted[name], name))
    return [Load(name or _("sin asignar"), counted[name], behind[name]) for name in order]


def board(agency: Agency, today: date) -> Board:
    """The board, inside the scope of the agency. Three queries, however many municipalities there are."""
    everybody = list(programme.with_standing(programme.enrolments_of(agency)))
    taking_part = [one for one in everybody if one.accepted_on]
    late = frozenset(one.run.municipality_id for one in programme.late_standings(today))
    where = _("%(agency)s, al %(day)s") % {"agency": agency, "day": spanish.long_date(today)}
    return Board(
        title=_("Carga de trabajo"),
        scope=where,
        groups=[Group(_("Hoy"), _figures(everybody, taking_part, late))],
        panels=[
            _by_professional(loads(taking_part, late), len(taking_part), where),
            _by_line(taking_part, where),
            _by_stage(taking_part, where),
        ],
        sources=[
            _("Se cuentan las municipalidades que aceptaron participar; de las demás sólo se sabe que se invitaron."),
            _("Una municipalidad está atrasada cuando su etapa pasó su fecha, en días hábiles del país."),
        ],
    )


def _figures(everybody: list[Enrolment], taking_part: list[Enrolment], late: frozenset[int]) -> list[Figure]:
    return [
        Figure(_("Municipalidades que participan"), spanish.number(len(taking_part)), _of(len(taking_part), everybody)),
        Figure(_("Atrasadas"), spanish.number(len(late)), spanish.share(len(late), len(taking_part))),
        Figure(_("Sin línea confirmada"), spanish.number(sum(not _line(one) for one in taking_part))),
        Figure(_("Sin profesional"), spanish.number(sum(one.professional is None for one in taking_part))),
    ]


def _of(count: int, everybody: list[Enrolment]) -> str:
    return _("de %s invitadas") % spanish.number(len(everybody)) if count != len(everybody) else ""


def _line(enrolment: Enrolment) -> str:
    return getattr(enrolment, "line", None) or ""


def _by_professional(found: list[Load], total: int, where: str) -> Panel:
    title = _("¿Quién acompaña a cuántas municipalidades?")
    columns = [
        Column("name", _("Profesional")),
        Column("municipalities", _("Municipalidades"), numeric=True),
        Column("share", _("Parte del total"), numeric=True),
        Column("late", _("Atrasadas"), numeric=True),
    ]
    lines = [[one.name, one.municipalities, Ratio(one.municipalities, total), one.late] for one in found]
    table = Table(_("Municipalidades por profesional"), columns, lines)
    bars = tuple((one.name, one.municipalities) for one in found)
    return Panel(title, table, where, drawings.bars(title, where, bars, _("Municipalidades")))


def _by_line(taking_part: list[Enrolment], where: str) -> Panel:
    counted = Counter(_line(one) for one in taking_part)
    found = [(str(line.label), counted[line]) for line in Line] + [(_("por confirmar"), counted[""])]
    return _counts(_("¿En qué línea están?"), _("Línea"), found, len(taking_part), where)


def _by_stage(taking_part: list[Enrolment], where: str) -> Panel:
    counted = Counter(getattr(one, "stage", None) or "" for one in taking_part)
    known = [(str(stage.label), counted.pop(stage, 0)) for stage in Stage]
    known += [(str(stage.label), counted.pop(stage)) for stage in AccreditationStage if stage in counted]
    idle = counted.pop("", 0)
    others = [(_("otra etapa"), sum(counted.values()))] if counted else []
    found = [*known, *others, (_("sin ciclo abierto"), idle)]
    return _counts(_("¿En qué etapa están?"), _("Etapa"), found, len(taking_part), where)


def _counts(title: str, what: str, found: list[tuple[str, int]], total: int, where: str) -> Panel:
    columns = [
        Column("what", what),
        Column("count", _("Municipalidades"), numeric=True),
        Column("share", _("Parte del total"), numeric=True),
    ]
    table = Table(title, columns, [[label, count, Ratio(count, total)] for label, count in found])
    return Panel(title, table, where, drawings.bars(title, where, tuple(found), _("Municipalidades")))
