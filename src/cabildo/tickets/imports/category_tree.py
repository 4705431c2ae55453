"""What tree of categories does a file of another source hold? The body of a `tickets` pack. No database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cabildo.kit.text import fold
from cabildo.kit.workdays import Calendar
from cabildo.tickets.choices import Kind
from cabildo.tickets.imports.errors import UnreadableFileError
from cabildo.tickets.imports.rows import Normalised
from cabildo.tickets.imports.source_map import SourceMap

MOST_GOAL_DAYS = 90  # what a pack may say
DEPARTMENT_ID, CATEGORY_ID, GROUP_LABEL = 40, 60, 80  # characters
WEEKDAYS = Calendar()  # the source's own holidays are not known
REASONS = ("closing", "pause", "low_grade", "extension", "backdating")


@dataclass(frozen=True)
class _Subject:
    """The rows of one category."""

    label: str
    rows: Sequence[Normalised]

    @property
    def departments(self) -> Counter[str]:
        return Counter(row.department for row in self.rows if row.department)

    @property
    def kinds(self) -> list[str]:
        """As the file uses them, in the desk's order."""
        used = {row.kind for row in self.rows}
        return [kind.value for kind in Kind if kind.value in used]

    @property
    def goal_days(self) -> int | None:
        """The median of the source's own goals in business days, at least one; None beyond what a pack may say."""
        goals = [WEEKDAYS.count_between(row.received_at.date(), row.due_on) for row in self.rows if row.due_on]
        goal = max(1, median_low(goals)) if goals else None
        return goal if goal is None or goal <= MOST_GOAL_DAYS else None


class CategoryTree:
    """Categories by name, each of the department that handles most of its rows; no term of law.

    Raises UnreadableFileError: no_rows, no_departments.
    """

    def __init__(self, rows: Iterable[Normalised], mapping: SourceMap) -> None:
        self.mapping = mapping
        self.subjects = _subjects(rows)
        everyone = sum((subject.departments for subject in self.subjects), Counter[str]())
        if not self.subjects or not everyone:
            raise UnreadableFileError("no_departments" if self.subjects else "no_rows")
        self.busiest = _most(everyone)
        self.department_ids = _ids((name for name, _rows in everyone.most_common()), DEPARTMENT_ID)
        self.category_ids = _ids((subject.label for subject in self.subjects), CATEGORY_ID)
        self.words = _words(mapping)

    def body(self, *, version: int) -> dict[str, Any]:
        """The whole pack, still to be checked."""
        return {
            "pack": self._header(version),
            "kinds": [self._kind(kind) for kind in Kind if any(kind in s.kinds for s in self.subjects)],
            "departments": [self._department(name) for name in self.department_ids],
            "groups": self._groups(),
            "templates": [],
            "protocols": [],
            "reasons": {part: [] for part in REASONS},
            "redirects": [],
        }

    def _header(self, version: int) -> dict[str, Any]:
        label = self.mapping.label
        return {
            "id": f"tickets/{self.mapping.source}",
            "kind": "tickets",
            "version": version,
            "title": _("Materias de «{source}»").format(source=label),
            "locale": "es-CL",
            "publisher": "Cabildo",
            "source": self.mapping.origin or label,
            "licence": self.mapping.licence or _("No declarada"),
            "valid_from": self._since().isoformat(),
            "official": False,
            "notice": _(
                "Contenido de demostración, hecho con los datos de «{source}». No fija plazos legales y sus materias "
                "son las palabras de esa fuente."
            ).format(source=label),
        }

    def _since(self) -> date:
        """The first day of the file, so that making it again gives the same pack."""
        return min(row.received_at for subject in self.subjects for row in subject.rows).date()

    def _kind(self, kind: Kind) -> dict[str, Any]:
        explanation = _("Lo que «{source}» anota así.").format(source=self.mapping.label)
        return {"id": kind.value, "label": str(kind.label), "explanation": explanation, "term": None}

    def _department(self, name: str) -> dict[str, Any]:
        does = _("Responde lo que «{source}» le asigna.").format(source=self.mapping.label)
        return {"id": self.department_ids[name], "name": name, "does": does, "hours": _("No se conoce.")}

    def _groups(self) -> list[dict[str, Any]]:
        """One for each department that answers some category, the busiest first."""
        answered: dict[str, list[_Subject]] = defaultdict(list)
        for subject in self.subjects:
            answered[_most(subject.departments) or self.busiest].append(subject)
        names = [name for name in self.department_ids if name in answered]
        return [self._group(order, name, answered[name]) for order, name in enumerate(names, start=1)]

    def _group(self, order: int, name: str, subjects: Sequence[_Subject]) -> dict[str, Any]:
        return {
            "id": self.department_ids[name],
            "label": name[:GROUP_LABEL],
            "help": _("Lo que responde {department}.").format(department=name),
            "order": order,
            "categories": [self._category(subject, name) for subject in subjects],
        }

    def _category(self, subject: _Subject, department: str) -> dict[str, Any]:
        words = self.words.get(fold(subject.label), [])
        return {
            "id": self.category_ids[subject.label],
            "label": subject.label,
            "help": _("Lo que «{source}» anota con este nombre.").format(source=self.mapping.label),
            "keywords": [word for word in words if len(word) > 1],
            "kinds": subject.kinds,
            "department": self.department_ids[department],
            "location": "optional" if any(row.latitude is not None for row in subject.rows) else "none",
            "identity": "anonymous_allowed",
            "public": {"text": self.mapping.published_texts},
            "goal_days": subject.goal_days,
        }


def _subjects(rows: Iterable[Normalised]) -> list[_Subject]:
    """Rows by category, the commonest first; names that differ in case or accents are one, as the import reads them."""
    found: dict[str, list[Normalised]] = defaultdict(list)
    for row in rows:
        found[fold(row.category)].append(row)
    subjects = [_Subject(some[0].category, some) for some in found.values()]
    return sorted(subjects, key=lambda subject: (-len(subject.rows), subject.label))


def _most(counted: Counter[str]) -> str:
    """The name with most rows, by alphabet among equals; empty when there is none."""
    return min(counted, key=lambda name: (-counted[name], name), default="")


def _words(mapping: SourceMap) -> Mapping[str, list[str]]:
    """The source's own words for each name: what whoever knows the source will look for."""
    found: dict[str, list[str]] = defaultdict(list)
    for word, name in mapping.categories.values.items():
        found[fold(name)].append(word)
    return found


def _ids(names: Iterable[str], length: int) -> dict[str, str]:
    """A stable identifier for each name, of at most `length` characters, with a number after it when it is taken."""
    made: dict[str, str] = {}
    for name in names:
        stem = (slugify(name).replace("-", "_") or "sin_nombre")[: length - 4]
        stem = stem if stem[0].isalpha() and len(stem) > 1 else f"m_{stem}"
        identifier, number = stem, 2
        while identifier in made.values():
            identifier, number = f"{stem}_{number}", number + 1
        made[name] = identifier
    return made
