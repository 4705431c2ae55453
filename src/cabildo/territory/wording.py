"""What a person reads about a problem of an area file: what is wrong, what was expected, how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from cabildo.territory.rules import Problem

_TO_WGS84 = _(
    "En QGIS: botón derecho sobre la capa, Exportar, Guardar objetos como, formato GeoJSON, "
    "SRC EPSG:4326 (WGS 84). Suba el archivo nuevo."
)
_IN_THE_TABLE = _("Complételo en la tabla de atributos de la capa, o elija otra columna, y vuelva a subir el archivo.")
_REDRAW = _("Corrija el borde en el programa de mapas. En QGIS: Procesos, Corregir geometrías.")

# code -> what is wrong and what was expected, how to mend it
SENTENCES: dict[str, tuple[Any, Any]] = {
    "too_big": (
        _("El archivo pesa {megabytes:.1f} MB y el máximo es {limit} MB."),
        _("Simplifique los bordes o divida la capa en dos archivos."),
    ),
    "not_utf8": (
        _("El archivo no está en UTF-8, la codificación que pide GeoJSON."),
        _("Vuelva a exportarlo eligiendo la codificación UTF-8."),
    ),
    "not_json": (
        _("El archivo no es GeoJSON: hay un error de escritura en la línea {line}, posición {position}."),
        _("Suba el archivo tal como lo exportó el programa de mapas, con extensión .geojson."),
    ),
    "not_collection": (
        _("Se esperaba una colección de áreas (FeatureCollection) y se encontró «{found}»."),
        _("Exporte la capa completa como GeoJSON, no un elemento suelto ni un archivo TopoJSON."),
    ),
    "wrong_crs": (
        _("El archivo declara el sistema de coordenadas «{found}» y se espera WGS84 (EPSG:4326)."),
        _TO_WGS84,
    ),
    "no_features": (
        _("El archivo no contiene ninguna área."),
        _("Revise que la capa exportada no esté vacía ni filtrada."),
    ),
    "too_many_features": (
        _("El archivo tiene {count} áreas y el máximo es {limit}."),
        _("Suba solo las áreas de su comuna."),
    ),
    "too_many_vertices": (
        _("Los bordes suman {count} vértices y el máximo es {limit}."),
        _("Simplifique los bordes: una tolerancia de un metro suele bastar."),
    ),
    "unknown_property": (
        _("Ninguna área tiene la columna «{property}». Las columnas del archivo son: {known}."),
        _("Elija una de esas columnas."),
    ),
    "missing_code": (_("Falta el código: la columna «{property}» está vacía."), _IN_THE_TABLE),
    "code_too_long": (_("El código tiene más de {limit} caracteres."), _IN_THE_TABLE),
    "duplicate_code": (
        _("El código «{code}» ya lo tiene el área {earlier} del archivo y debe ser único."),
        _("Si son partes de una misma área, únalas en una sola. Si no, cambie uno de los códigos."),
    ),
    "missing_name": (_("Falta el nombre: la columna «{property}» está vacía."), _IN_THE_TABLE),
    "name_too_long": (_("El nombre tiene más de {limit} caracteres."), _IN_THE_TABLE),
    "no_geometry": (
        _("El área no tiene dibujo: se esperaba un polígono con al menos un borde."),
        _("Dibújela en el programa de mapas o elimínela de la capa."),
    ),
    "not_polygon": (
        _("Se esperaba un polígono (Polygon o MultiPolygon) y se encontró «{found}»."),
        _("Convierta la línea o el punto en un polígono, o elimínelo de la capa."),
    ),
    "bad_position": (
        _("Se esperaba un par de números [longitud, latitud] y se encontró «{found}»."),
        _("Vuelva a exportar la capa desde el programa de mapas."),
    ),
    "short_ring": (
        _("Un borde tiene {count} puntos y necesita al menos cuatro, con el último igual al primero."),
        _REDRAW,
    ),
    "open_ring": (
        _("El borde no se cierra: empieza en {first} y termina en {last}."),
        _("Haga que el último punto sea igual al primero. En QGIS: Procesos, Corregir geometrías."),
    ),
    "metres": (
        _("Las coordenadas {found} parecen metros ({system}) y se esperan grados WGS84, como [-71.6, -33.0]."),
        _TO_WGS84,
    ),
    "not_degrees": (
        _("Las coordenadas {found} no son grados: la longitud va de -180 a 180 y la latitud de -90 a 90."),
        _TO_WGS84,
    ),
    "swapped_axes": (
        _("Las coordenadas {found} están al revés: en GeoJSON va primero la longitud y luego la latitud."),
        _("Vuelva a exportar la capa como GeoJSON: el programa de mapas las escribe en ese orden."),
    ),
    "outside_chile": (
        _("El punto {found} está fuera de Chile."),
        _("Revise el sistema de coordenadas con que se exportó la capa. Se espera WGS84 (EPSG:4326)."),
    ),
    "self_intersection": (_("El borde se cruza a sí mismo cerca de {found}."), _REDRAW),
    "invalid_shape": (
        _("El polígono no es válido cerca de {found}: sus huecos o partes se tocan o se pisan."),
        _REDRAW,
    ),
    "no_surface": (_("El polígono no encierra ninguna superficie."), _REDRAW),
    "overlap": (
        _("Se superpone con el área {other} (código {other_code}) en {share} % de la menor de las dos."),
        _("Un punto en la zona común se asignará al área más pequeña. Corrija los bordes si no es lo que busca."),
    ),
}


@dataclass(frozen=True)
class Told:
    """A problem in words. `place` says which feature."""

    place: str
    message: str
    fix: str
    problem: Problem


def tell(problems: Iterable[Problem]) -> list[Told]:
    return [_told(problem) for problem in problems]


def as_rows(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """As the command line answers: row, column, value, code, message, fix."""
    return [
        {
            "row": told.problem.feature,
            "column": told.problem.column,
            "value": told.problem.area_code,
            "code": told.problem.code,
            "message": told.message,
            "fix": told.fix,
        }
        for told in tell(problems)
    ]


def _told(problem: Problem) -> Told:
    message, fix = SENTENCES[problem.code]
    return Told(_place(problem), str(message).format(**problem.facts), str(fix), problem)


def _place(problem: Problem) -> str:
    if problem.feature is None:
        return say("Todo el archivo")
    if not problem.area_code:
        return say("Área {number}").format(number=problem.feature)
    return say("Área {number} (código {code})").format(number=problem.feature, code=problem.area_code)
