"""What the content app refuses, and how it says so."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


@dataclass(frozen=True, slots=True)
class PackError:
    """One thing wrong in a pack: where it is, what was expected and how to mend it.

    `line` counts from 1 and is None when the pack did not come from a file. `path` reads like `categories[3].days`.
    """

    file: str
    line: int | None
    path: str
    code: str
    message: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return (
            f"{place} · {self.path}: {self.message} {self.fix}" if self.path else f"{place}: {self.message} {self.fix}"
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


WORKBOOKS = {
    "workbook_not_a_book": _("El archivo no es un libro de Excel. Ábralo en su programa y guárdelo como .xlsx."),
    "workbook_old_or_locked": _(
        "El libro está en el formato antiguo (.xls) o tiene contraseña. Ábralo, quítele la contraseña y guárdelo "
        "como .xlsx."
    ),
    "workbook_open_document": _("El libro está en formato OpenDocument (.ods). Guárdelo como .xlsx."),
    "workbook_macros": _("El libro tiene macros y no se abre. Guárdelo como «Libro de Excel (.xlsx)», sin macros."),
    "workbook_damaged": _("El libro está dañado y no se puede leer. Ábralo en su programa y guárdelo otra vez."),
    "workbook_too_large": _("El libro pesa más de {limit} MiB. Quite imágenes y hojas que no sean del paquete."),
    "workbook_too_many_sheets": _("El libro tiene más de {limit} hojas. Quite las que no sean del paquete."),
    "workbook_too_many_rows": _("La hoja «{sheet}» pasa de {limit} filas. Divida el paquete en varios."),
    "workbook_cell_too_long": _(
        "Un texto de la hoja «{sheet}», fila {row}, pasa de las {limit} letras que admite una celda. Acórtelo."
    ),
    "workbook_lossy": _("El paquete no se puede llevar a un libro sin perder datos. Corrija lo que se indica."),
    "workbook_not_laid_out": _("Los paquetes «{kind}» no se llenan en Excel. Los que sí: {known}."),
    "workbook_exists": _("El archivo {file} ya existe. Indique otro nombre."),
}


class ContentError(DomainError):
    """A refused action on packs. `errors` lists what is wrong when the pack itself is the reason."""

    sentences = {
        "pack_invalid": _("El paquete tiene {count} errores. Corríjalos y vuelva a intentarlo."),
        "version_changed": _(
            "La versión {version} de {pack} ya está publicada con otro contenido. "
            "Las versiones publicadas no cambian: suba el número «version» de pack.yaml."
        ),
        "version_older": _(
            "{pack} ya tiene publicada la versión {last}. Una versión nueva lleva el número siguiente: {next}."
        ),
        "version_unknown": _("{pack} no tiene la versión {version}."),
        "pack_unknown": _("No existe el paquete {pack}. Revise el tipo y el nombre."),
        "pack_ambiguous": _("Hay más de un paquete «{name}». Escriba también su tipo: {known}."),
        "pack_not_adopted": _("{pack} no se adopta: rige desde que se publica. Se adoptan los de tipo {known}."),
        "pack_needed": _("De este tipo siempre hay un paquete en uso. Adopte otro: el de ahora se deja solo."),
        "pack_not_in_use": _("La municipalidad no usa {pack}."),
        "pack_of_another": _("El nombre {pack} ya pertenece a otro paquete. Elija otro nombre."),
        "kind_unknown": _("No existe el tipo de paquete «{kind}». Los tipos disponibles son: {known}."),
        "draft_changed": _(
            "Otra persona guardó este borrador después de que usted lo abrió. "
            "Vuelva a abrirlo, revise sus cambios y guarde otra vez."
        ),
        "folder_not_empty": _("La carpeta {folder} no está vacía. Indique una carpeta nueva."),
        "folder_missing": _("No se encontró ningún paquete en {folder}. Indique la carpeta de un pack.yaml."),
        **WORKBOOKS,
    }

    def __init__(self, code: str, *, errors: tuple[PackError, ...] = (), **facts: Any) -> None:
        super().__init__(code, **facts)
        self.errors = errors


def refused_pack(errors: tuple[PackError, ...]) -> ContentError:
    return ContentError("pack_invalid", errors=errors, count=len(errors))


def where_in_words(path: tuple[str | int, ...]) -> str:
    """`("categories", 3, "days")` as `categories[3].days`."""
    words = ""
    for step in path:
        words += f"[{step}]" if isinstance(step, int) else f".{step}"
    return words.removeprefix(".")


def did_you_mean(name: str | None, otherwise: str) -> str:
    """The fix of an unknown name: the nearest known one, or what else to do."""
    return say("¿Quiso decir «{name}»?").format(name=name) if name else otherwise
