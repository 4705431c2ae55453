"""How is a template's text filled, and what is left for a person to write?"""

import re
from collections.abc import Mapping

LEFT_TO_WRITE = {
    "respuesta": "[escriba la respuesta]",
    "fundamento": "[escriba las razones]",
    "norma": "[indique la norma]",
    "motivo": "[escriba el motivo]",
    "destinatario": "[indique el organismo]",
    "folio_principal": "[indique el folio]",
    "pregunta": "[escriba lo que falta]",
    "fecha_maxima_respuesta": "[indique la fecha]",
}
MARKER = re.compile(r"\{(\w+)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each `{marker}` replaced; one without a value stays visible for who writes."""
    known = {**LEFT_TO_WRITE, **values}
    return MARKER.sub(lambda found: known.get(found[1], f"[{found[1]}]"), text)


def is_unfinished(text: str) -> bool:
    """Whether something that a person had to write is still between brackets."""
    return any(marker in text for marker in LEFT_TO_WRITE.values())
