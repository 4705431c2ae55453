"""Results of several municipalities in words: as the board of an agency, and as rows of a file.

Declared and validated stand in columns and bars of their own; what is kept back says so, which is not «sin dato».
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.content.models import PackVersion
from cabildo.content.queries import body
from cabildo.indicators import drawings
from cabildo.indicators.boards import Board, Group, Panel
from cabildo.instruments.rules.structure import in_order
from cabildo.kit.rounding import half_up
from cabildo.quality.choices import Basis
from cabildo.quality.models import Publication
from cabildo.quality.queries.publications import Next
from cabildo.quality.rules.results import WHOLE, Part, Together, Wanted
from cabildo.quality.rules.spread import Spread
from cabildo.quality.shown.diagnosis import standing
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Fact, Figure, Table

HEADINGS = (
    "criterio",
    "subcriterio",
    "nombre",
    "base",
    "municipalidades",
    "participan",
    "cuartil_1",
    "mediana",
    "cuartil_3",
    "distancia_entre_cuartiles",
    "baja_mediana",
    "reservado",
)


@dataclass(frozen=True)
class Named:
    """A part of a model and what it is called."""

    part: Part
    label: str


@dataclass(frozen=True)
class Told:
    """What may be said of one place and time, by basis and part; None is kept back."""

    by_basis: Mapping[str, Mapping[Part, Spread | None]]
    fallen: Mapping[Part, Spread | None]
    taking_part: int

    def of(self, basis: str, part: Part) -> Spread | None:
        return self.by_basis[basis][part]


def criteria_of(version: PackVersion) -> list[Named]:
    """In their order. No query once the version is read."""
    return [Named((one["id"], ""), one["label"]) for one in _criteria(version)]


def parts_of(version: PackVersion, criterion: str) -> list[Named]:
    """The subcriteria of a criterion, in their order."""
    found = (one for one in _criteria(version) if one["id"] == criterion)
    return [Named((criterion, part["id"]), part["label"]) for one in found for part in one["subcriteria"]]


def _criteria(version: PackVersion) -> list[Mapping[str, Any]]:
    model = body(version)
    return in_order(model["criteria"], model["model"]["order"])


def everything_of(version: PackVersion) -> list[Named]:
    """The whole, and each criterion before its subcriteria."""
    found = [Named(WHOLE, _("En total"))]
    for one in criteria_of(version):
        found += [one, *parts_of(version, one.part[0])]
    return found


def tell(together: Together, wanted: Wanted, parts: Sequence[Named]) -> Told:
    asked = [one.part for one in parts]
    by_basis = {basis: together.told(wanted, basis, asked) for basis in Basis.values}
    fallen = together.fallen(wanted, Basis.DECLARED, Basis.VALIDATED, asked)
    return Told(by_basis, fallen, together.taking_part(wanted))


def kept_back() -> str:
    return _("reservado")


def percent(ratio: Fraction | None) -> Decimal | None:
    """Per cent with one decimal, half-up; None is unknown."""
    return None if ratio is None else half_up(ratio * 100, 1)


def counted(spread: Spread | None, out_of: int) -> str:
    """«12 de 71»; what is kept back says so."""
    if spread is None:
        return kept_back()
    return _("%(n)s de %(all)s") % {"n": spanish.number(spread.count), "all": spanish.number(out_of)}


def is_all_kept_back(together: Together, wanted: Wanted) -> bool:
    """Is there nothing to show of this place and time, neither declared nor validated?"""
    told = tell(together, wanted, [Named(WHOLE, "")])
    return all(told.of(basis, WHOLE) is None for basis in Basis)


def board(version: PackVersion, together: Together, wanted: Wanted, *, scope: str, criterion: Named | None) -> Board:
    """The results of one version; of the subcriteria of a criterion when it is opened."""
    parts = parts_of(version, criterion.part[0]) if criterion else criteria_of(version)
    told = tell(together, wanted, [Named(WHOLE, ""), *parts])
    source = " · ".join(part for part in (standing(version), scope) if part)
    title = _("Resultados: %s") % criterion.label if criterion else _("Resultados por criterio")
    return Board(
        title=title,
        scope=source,
        groups=[Group(_("Lo declarado y lo validado, por separado"), _figures(told))],
        panels=[_medians(told, parts, source), *(_quartiles(told, parts, source, basis) for basis in Basis)],
        sources=method(together.smallest),
    )


def method(smallest: int) -> list[str]:
    """How it is counted, as every page and file of results says it."""
    return [
        _("Declarado es lo que el comité de cada municipalidad envió; validado, lo que dijo el informe emitido."),
        _("De cada municipalidad cuenta su ciclo más reciente con esta versión, o con ese año o número de ciclo."),
        _("El año es aquel en que se declaró. La etapa y la línea son las del día en que se publicaron las cifras."),
        _("La mediana es el resultado del medio. Entre los cuartiles está la mitad central de las municipalidades."),
        _("La baja compara, en cada municipalidad que tiene ambos, lo validado con lo que había declarado."),
        _("«Sin dato» es que nadie tiene ese resultado. No es cero."),
        _("Reservado: son menos de %s municipalidades, o con esa cifra y otras se podría deducir un grupo menor.")
        % spanish.number(smallest),
        _("Las cifras son las que el organismo publicó ese día y quedan fijas hasta la publicación siguiente."),
        _(
            "Quien se suma o cambia su resultado entra en las cifras junto con otras de su región, al menos %s en"
            " total. Mientras tanto espera. Así, comparando dos publicaciones no se deduce el resultado de una sola."
        )
        % spanish.number(smallest),
        _("También queda reservado un grupo en el que cambiaron muy pocas desde una publicación anterior."),
        _("Versiones distintas del modelo no se juntan."),
    ]


def published_facts(made: Sequence[Publication], smallest: int) -> list[Fact]:
    """When the figures on the page were published, by whom, and how many municipalities wait for the next time."""
    if not made:
        return []
    last = made[0]
    facts = [Fact(_("Cifras publicadas"), spanish.long_date(last.at)), Fact(_("Por"), last.by)]
    if last.waiting:
        words = _("%(n)s, hasta que en su región cambien al menos %(smallest)s")
        told = words % {"n": spanish.number(last.waiting), "smallest": spanish.number(smallest)}
        facts.append(Fact(_("Municipalidades que esperan"), told))
    return facts


def coming_words(coming: Next, smallest: int) -> str:
    """What publishing today would do."""
    entering, waiting = len(coming.entering), len(coming.waiting)
    told = [
        ngettext(
            "Entra %s municipalidad que se sumó o cambió su resultado.",
            "Entran %s municipalidades que se sumaron o cambiaron su resultado.",
            entering,
        )
        % spanish.number(entering)
    ]
    if waiting:
        words = ngettext(
            "Otra %(n)s espera hasta que en su región cambien al menos %(smallest)s.",
            "Otras %(n)s esperan hasta que en su región cambien al menos %(smallest)s.",
            waiting,
        )
        told.append(words % {"n": spanish.number(waiting), "smallest": spanish.number(smallest)})
    told.append(_("Las cifras quedan fijas y cualquiera puede verlas en los datos abiertos. Esto no se deshace."))
    return " ".join(told)


def _figures(told: Told) -> list[Figure]:
    figures = []
    for basis in Basis:
        whole = told.of(basis, WHOLE)
        label = _("Municipalidades con resultado %s") % basis.label
        value = kept_back() if whole is None else spanish.number(whole.count)
        figures.append(Figure(label, value, _share(whole, told.taking_part)))
        figures.append(Figure(_("Mediana de lo %s") % basis.label, _percent_words(whole)))
    figures.append(Figure(_("Baja de lo declarado (mediana)"), _points_words(told.fallen[WHOLE])))
    return figures


def _share(spread: Spread | None, out_of: int) -> str:
    """«de 71, 16,9 %»; nothing where it is kept back."""
    if spread is None or not out_of:
        return ""
    percentage = spanish.percentage(percent(Fraction(spread.count, out_of)))
    return _("de %(all)s, %(percentage)s") % {"all": spanish.number(out_of), "percentage": percentage}


def _percent_words(spread: Spread | None) -> str:
    return kept_back() if spread is None else spanish.percentage(percent(spread.median))


def _points_words(spread: Spread | None) -> str:
    """A difference of percentages is told in points."""
    if spread is None:
        return kept_back()
    fall = percent(spread.median)
    return spanish.NO_DATA if fall is None else _("%s puntos") % spanish.number(fall, 1)


def _cell(spread: Spread | None, name: str) -> Any:
    return kept_back() if spread is None else percent(getattr(spread, name))


def _medians(told: Told, parts: Sequence[Named], source: str) -> Panel:
    title = _("Porcentaje de logro: mediana de cada parte")
    columns = [
        Column("part", _("Parte")),
        Column("declared", _("Declarado: mediana, %"), numeric=True),
        Column("validated", _("Validado: mediana, %"), numeric=True),
        Column("fall", _("Baja de lo declarado: mediana, puntos"), numeric=True),
        Column("both", _("Con ambos"), numeric=True),
    ]
    rows = [
        [
            one.label,
            *(_cell(told.of(basis, one.part), "median") for basis in Basis),
            _cell(told.fallen[one.part], "median"),
            counted(told.fallen[one.part], told.taking_part),
        ]
        for one in parts
    ]
    bars = tuple(
        (_("%(basis)s: %(part)s") % {"basis": str(basis.label).capitalize(), "part": one.label}, percent(found.median))
        for one in parts
        for basis in Basis
        if (found := told.of(basis, one.part)) is not None
    )
    drawing = drawings.bars(title, source, bars, _("Mediana del porcentaje de logro"), top=100) if bars else ""
    caption = _("Medianas del porcentaje de logro, y de su baja")
    return Panel(title, Table(caption, columns, rows), source, drawing)


def _quartiles(told: Told, parts: Sequence[Named], source: str, basis: Basis) -> Panel:
    title = _("Cómo se reparte lo %s") % basis.label
    columns = [
        Column("part", _("Parte")),
        Column("count", _("Municipalidades"), numeric=True),
        Column("low", _("Primer cuartil, %"), numeric=True),
        Column("median", _("Mediana, %"), numeric=True),
        Column("high", _("Tercer cuartil, %"), numeric=True),
        Column("width", _("Distancia entre cuartiles, puntos"), numeric=True),
    ]
    rows = []
    for one in parts:
        found = told.of(basis, one.part)
        values = [_cell(found, name) for name in ("low", "median", "high", "width")]
        rows.append([one.label, counted(found, told.taking_part), *values])
    return Panel(title, Table(_("Cuartiles y mediana del porcentaje de logro"), columns, rows), source)


def rows(told: Told, parts: Sequence[Named]) -> Iterator[list[Any]]:
    """A row for each part and basis, under HEADINGS; what is unknown or kept back is empty, and the last tells which.

    The fall stands with what was validated.
    """
    for one in parts:
        for basis in Basis:
            found = told.of(basis, one.part)
            fall = told.fallen[one.part] if basis == Basis.VALIDATED else None
            yield [*one.part, one.label, str(basis.label), *_values(found, fall, told.taking_part), found is None]


def _values(found: Spread | None, fall: Spread | None, taking_part: int) -> list[Any]:
    if found is None:
        return [None, taking_part, None, None, None, None, None]
    quartiles = [percent(getattr(found, name)) for name in ("low", "median", "high", "width")]
    return [found.count, taking_part, *quartiles, percent(fall.median) if fall else None]
