"""What the page of stage 1 shows: the three parts with what is missing, the clauses, each support with its money."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cabildo.quality import queries
from cabildo.quality.choices import Party
from cabildo.quality.gates import entry as gates
from cabildo.quality.models import Agreement, AgreementAmendment, Clause, Support
from cabildo.quality.queries import Entry
from cabildo.quality.rules.support import balance
from cabildo.quality.shown.lacking import lacking
from cabildo.ui.parts import Fact, Step
from cabildo.ui.spanish import NO_DATA, long_date, number, short_date
from cabildo.workflow.processes.gates import Missing


@dataclass(frozen=True)
class PartyClauses:
    """The clauses of one party, and how many of them were met."""

    party: Party
    clauses: list[Clause]

    @property
    def met(self) -> int:
        return sum(1 for clause in self.clauses if clause.met_on is not None)


@dataclass(frozen=True)
class SupportShown:
    """A support, what it is for, and both sums of its book."""

    support: Support
    facts: list[Fact]


def steps(entry: Entry) -> list[Step]:
    """Agreement, counterparts, support: done, or what is missing in each."""
    return [
        _step(entry, _("Convenio"), gates.agreement_signed, "convenio"),
        _step(entry, _("Contrapartes técnicas"), gates.counterparts_named, "contrapartes"),
        _step(entry, _("Apoyo"), gates.support_recorded, "apoyo"),
    ]


def _step(entry: Entry, title: str, check: Callable[[Entry], Iterable[Missing]], anchor: str) -> Step:
    missing = lacking(entry.cycle, check(entry))
    return Step(title, "current" if missing else "done", url=f"#{anchor}", missing=missing)


def agreement_facts(entry: Entry) -> list[Fact]:
    if entry.agreement is None:
        return []
    held = entry.agreement
    facts = [
        Fact(_("Con"), held.agency),
        Fact(_("Número"), held.number or NO_DATA),
        Fact(_("Firmó la municipalidad"), _day(held.municipality_signed_on)),
        Fact(_("Firmó el organismo"), _day(held.agency_signed_on)),
    ]
    return [*facts, Fact(_("Observaciones"), held.note)] if held.note else facts


@dataclass(frozen=True)
class Amended:
    """A change of the signed agreement, with what it said before in words."""

    amendment: AgreementAmendment
    before: str


def amendments(entry: Entry) -> list[Amended]:
    """In the order in which they were made. No query."""
    return [Amended(one, before_words(one)) for one in entry.amendments]


def before_words(one: AgreementAmendment) -> str:
    """«Número del convenio: 12; firmó el organismo: 3 sep 2026»; empty when only a paper was added."""
    labels = {field.name: field.verbose_name for field in Agreement._meta.fields}
    return "; ".join(f"{labels[name]}: {_before(name, value)}" for name, value in sorted(one.before.items()))


def _before(name: str, value: str | None) -> str:
    return short_date(date.fromisoformat(value)) if value and name.endswith("_on") else value or NO_DATA


def _day(day: date | None) -> str:
    return long_date(day) if day else _("todavía no")


def clauses_by_party(entry: Entry) -> list[PartyClauses]:
    """Those of the municipality first; a party without clauses is left out."""
    found = [PartyClauses(party, [one for one in entry.clauses if one.party == party]) for party in Party]
    return [one for one in found if one.clauses]


def supports(entry: Entry) -> list[SupportShown]:
    """No query beyond those of the entry: the movements are there."""
    return [SupportShown(one, _support_facts(one)) for one in entry.supports]


def _support_facts(support: Support) -> list[Fact]:
    sums = balance(queries.book_of(support.movements.all()))
    return [
        Fact(_("Por qué le corresponde"), support.reason),
        Fact(_("Otorgado el"), short_date(support.granted_on)),
        Fact(_("Monto"), pesos(support.amount_clp)),
        Fact(_("Transferido"), pesos(sums.transferred)),
        Fact(_("Rendido"), pesos(sums.rendered)),
        Fact(_("Saldo por rendir"), pesos(sums.left)),
    ]


def pesos(amount: int | None) -> str:
    """«$12.000.000»; «sin dato» when nobody knows."""
    return NO_DATA if amount is None else f"${number(amount)}"
