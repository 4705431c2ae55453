"""What an official chooses of a file: its columns, then what each of its words is here."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cabildo.content import Problem
from cabildo.documents.actions import most_megabytes
from cabildo.tickets.choices import Channel, Kind, Outcome, State
from cabildo.tickets.imports import mapping as mappings

COLUMNS = {
    "external_id": _("Número de la solicitud"),
    "received_at": _("Fecha de ingreso"),
    "state": _("Estado"),
    "category": _("Materia"),
    "department": _("Dirección que responde"),
    "channel": _("Canal"),
    "kind": _("Tipo"),
    "text": _("Qué se pide"),
    "place": _("Lugar"),
    "latitude": _("Latitud"),
    "longitude": _("Longitud"),
    "closed_at": _("Fecha de cierre"),
    "answered_at": _("Fecha de respuesta"),
    "due_on": _("Plazo que fijó la fuente"),
    "name": _("Nombre de quien pide"),
    "run": _("RUN"),
    "email": _("Correo electrónico"),
    "phone": _("Teléfono"),
    "address": _("Domicilio"),
}
REQUIRED = ("external_id", "received_at", "state", "category")
DUE = [
    ("source_goal", _("La fecha de la fuente es su meta: no se cuenta un plazo legal")),
    ("chilean_term", _("Se cuenta el plazo legal chileno desde el ingreso")),
    ("none", _("Sin plazo")),
]
STATES = [
    (State.INTAKE, State.INTAKE.label),
    (State.DERIVED, State.DERIVED.label),
    (State.IN_PROGRESS, State.IN_PROGRESS.label),
    *(
        (f"{State.CLOSED.value}:{outcome.value}", f"{State.CLOSED.label}: {outcome.label}")
        for outcome in Outcome
        if outcome != Outcome.SILENCE
    ),
]
NO_STATES = _("Falta decir qué es cada estado de la planilla. Dígalo en «Cambiar las palabras».")
LEFT_OUT = [("", _("Rechazar sus filas"))]
WORDS: dict[str, tuple[Any, Any]] = {
    "states": (_("Estado «{word}»"), [*LEFT_OUT, *STATES]),
    "channels": (_("Canal «{word}»"), Channel.choices),
    "kinds": (_("Tipo «{word}»"), Kind.choices),
}


class ImportFileForm(forms.Form):
    file = forms.FileField(label=_("Planilla"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("CSV o Excel (XLSX) de hasta %s MB, con los títulos de las columnas en la primera fila.")
        self.fields["file"].help_text = words % most_megabytes("other")


class ImportColumnsForm(forms.Form):
    """Which column is which, and how dates and terms are taken."""

    label = forms.CharField(label=_("Nombre de la fuente"), max_length=120, min_length=2)
    source = forms.RegexField(
        r"^[a-z][a-z0-9-]{1,58}$",
        label=_("Nombre corto de la fuente"),
        help_text=_("En minúsculas y con guiones. No lo cambie después: con él se reconoce lo ya importado."),
    )
    time_zone = forms.CharField(label=_("Zona horaria de las fechas"), help_text=_("Por ejemplo: America/Santiago."))
    due = forms.ChoiceField(label=_("Plazos"), choices=DUE, widget=forms.RadioSelect)
    make_departments = forms.BooleanField(label=_("Crear las direcciones que falten"), required=False)
    make_categories = forms.BooleanField(
        label=_("Crear las materias que falten"),
        help_text=_("Quedan cerradas a nuevas solicitudes: el portal no las ofrece."),
        required=False,
    )

    def __init__(self, data: Any, *, body: Mapping[str, Any], headings: Sequence[str]) -> None:
        super().__init__(data, initial=_initial(body))
        self.body = body
        options = [("", _("Ninguna")), *((heading, heading) for heading in headings)]
        for field, label in COLUMNS.items():
            self.fields[f"column_{field}"] = forms.ChoiceField(label=label, choices=options, required=field in REQUIRED)

    def clean_time_zone(self) -> str:
        zone: str = self.cleaned_data["time_zone"]
        if any(problem.code == "time_zone" for problem in mappings.check({**_least(), "time_zone": zone})[1]):
            raise ValidationError(_("No existe esa zona horaria. Escriba una como America/Santiago."))
        return zone

    @property
    def columns(self) -> dict[str, Any]:
        """The chosen columns; more than one for the text only come from a YAML file, and stay if not changed."""
        chosen = {field: self.cleaned_data[f"column_{field}"] for field in COLUMNS}
        columns: dict[str, Any] = {field: column for field, column in chosen.items() if column}
        if "text" in columns:
            before = self.body.get("columns", {}).get("text") or []
            columns["text"] = before if before[:1] == [columns["text"]] else [columns["text"]]
        return columns

    @property
    def changes(self) -> dict[str, Any]:
        """The parts of the mapping that this form decides."""
        given, body = self.cleaned_data, self.body
        return {
            "source": {**body.get("source", {}), "id": given["source"], "label": given["label"]},
            "time_zone": given["time_zone"],
            "columns": self.columns,
            "due": given["due"],
            "departments": {**body.get("departments", {}), "create": given["make_departments"]},
            "categories": {**body.get("categories", {}), "create": given["make_categories"]},
        }


# Where the form's fields stand in a mapping.
PLACES: dict[tuple[str | int, ...], str] = {
    ("source", "label"): "label",
    ("source", "id"): "source",
    ("time_zone",): "time_zone",
    ("due",): "due",
}


def missing_sentences(body: Mapping[str, Any], problems: Sequence[Problem]) -> list[str]:
    """What is still to be said of how a file is read, in the words of its pages."""
    columns = body.get("columns", {})
    lacking = [field for field in REQUIRED if not columns.get(field)]
    said = [_("Falta decir qué columna es «%s».") % COLUMNS[field] for field in lacking]
    others = [_in_words(one) for one in problems if one.path[:1] not in {("states",), ()} and _is_said(one, lacking)]
    has_no_words = "state" not in lacking and any(one.path[:1] in {("states",), ()} for one in problems)
    return [*map(str, said), *others, *([str(NO_STATES)] if has_no_words else [])]


def _is_said(problem: Problem, lacking: Sequence[str]) -> bool:
    """Is it more than the lack of a column, which has its own sentence?"""
    return problem.path[:1] != ("columns",) or (len(problem.path) > 1 and problem.path[1] not in lacking)


def _in_words(problem: Problem) -> str:
    """The label of its field before what is wrong with it; the key of the mapping where no field decides it."""
    path = tuple(problem.path)
    label: Any = COLUMNS.get(str(path[1])) if path[0] == "columns" else None
    if name := PLACES.get(path):
        label = ImportColumnsForm.base_fields[name].label
    return f"{label or '.'.join(map(str, path))}: {problem.message}"


def _initial(body: Mapping[str, Any]) -> dict[str, Any]:
    columns = {**body.get("columns", {})}
    columns["text"] = next(iter(columns.get("text") or []), "")
    return {
        "label": body["source"]["label"],
        "source": body["source"]["id"],
        "time_zone": body.get("time_zone"),
        "due": body.get("due"),
        "make_departments": body.get("departments", {}).get("create"),
        "make_categories": body.get("categories", {}).get("create"),
        **{f"column_{field}": column for field, column in columns.items()},
    }


def _least() -> dict[str, Any]:
    """The shortest right mapping, to have one part of another checked by the same rules."""
    return {
        "source": {"id": "fuente", "label": "Fuente"},
        "columns": {"external_id": "a", "received_at": "b", "state": "c", "category": "d"},
        "states": {"values": {"a": {"state": "derived"}}},
    }


class ImportWordsForm(forms.Form):
    """What each word of the file is here."""

    def __init__(self, *args: Any, body: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        for name, part, word, value in self._entries():
            label, choices = WORDS[part]
            self.fields[name] = forms.ChoiceField(
                label=str(label).format(word=word), choices=choices, initial=value, required=part != "states"
            )

    def _entries(self) -> Iterator[tuple[str, str, str, str]]:
        """Field name, part of the mapping, word and present choice."""
        for part in WORDS:
            for number, (word, value) in enumerate(self.body.get(part, {}).get("values", {}).items()):
                yield f"{part}_{number}", part, word, _as_choice(value)

    @property
    def changes(self) -> dict[str, Any]:
        """The three translations; a state that is left out has its rows refused."""
        parts: dict[str, Any] = {part: {**self.body.get(part, {}), "values": {}} for part in WORDS}
        for name, part, word, before in self._entries():
            if chosen := self.cleaned_data[name]:
                is_same = chosen == before
                parts[part]["values"][word] = self.body[part]["values"][word] if is_same else _as_value(part, chosen)
        return parts


def _as_choice(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value['state']}:{value['outcome']}" if value.get("outcome") else str(value["state"])
    return str(value or "")


def _as_value(part: str, chosen: str) -> Any:
    if part != "states":
        return chosen
    state, _colon, outcome = chosen.partition(":")
    return {"state": state, "outcome": outcome}


class MappingFileForm(forms.Form):
    """A mapping written by hand; its errors say line, key and fix."""

    file = forms.FileField(
        label=_("Mapa de importación (YAML)"), widget=forms.FileInput(attrs={"accept": ".yaml,.yml"})
    )

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        checked = mappings.read_mapping(uploaded.name, uploaded.read(1024 * 1024 + 1))
        if checked.map is None:
            raise ValidationError([str(error) for error in checked.errors])
        self.map = checked.map
        return uploaded
