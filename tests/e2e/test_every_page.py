"""axe finds nothing on any page of the program; a new address must show one here, or say why it has none."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Page

from cabildo.site import demo
from conftest import make_member
from e2e import exhibits, exhibits_programme
from e2e.conftest import Enter, flaws, official
from e2e.site_map import AGENCY, INSIDE, OUTSIDE, Values, answer_of, pages, routes

HOME = f"/m/{demo.SLUG}/"
# in the order in which they are tried: the first who is shown a page there
CAST = (
    "operaciones",
    "oirs",
    "admin",
    "alcaldia",
    "meson",
    "aseo",
    "transito",
    "datos",
    "profesional",
    "valida1",
    "consultora",
)
ACCOUNTS = ("", *CAST)
AT_AGENCIES = {  # whose desks are not of a municipality: where, and as whom
    "organismo": ("/a/subdere-demo/", "organismo@subdere.example"),
    "conduccion": ("/a/subdere-demo/", "conduccion@subdere.example"),
    "profesional": ("/a/subdere-demo/", "profesional@subdere.example"),
    "coordinacion": ("/a/validador-demo/", "coordinacion@validador.example"),
    "valida1": ("/a/validador-demo/", "valida1@validador.example"),
    "consultora": ("/a/validador-demo/", "consultora@consultora.example"),
}
LEFT = ("", "ingreso/", "autoevaluacion/", "retomar/", "sin-terminar/")  # the last two, only of a cycle that left
FINISHED = (  # what stays of a cycle that ended, and only of one
    "",
    "diagnostico/resultado/",
    "ingreso/",
    "comite/",
    "autoevaluacion/",
    "autoevaluacion/resultado/",
    "autoevaluacion/sintesis/",
    "informe/",
    "retroalimentacion/",
    "plan/",
    "plan/brechas/",
    "plan/matriz/",
    "plan/programa/",
    "plan-de-mejoras/envio/",
    "validacion-plan/informe/",
    "implementacion/",
    "implementacion/comparacion/",
    "consultoria/",
    "capacitacion/",
)
ROLES = ("admin", "alcaldia", "control", "oirs", "meson", "operaciones", "paula")  # one who has each
FILES = ("{public_id}/", ".csv", ".json")
RECORD = re.compile(r"mesa/solicitudes/S-\d{4}-\d+-\w/")
AREAS = (
    "mesa/solicitudes/",
    "mesa/puesta-en-marcha/",
    "mesa/personas/",
    "mesa/procesos/",
    "mesa/calidad/{number}/autoevaluacion/",
    "mesa/calidad/{number}/comite/",
    "mesa/calidad/{number}/",
    "mesa/calidad/",
    "mesa/planes/",
    "mesa/",
    "cuenta/",
    "",
)
WALKED = "one step of a form already begun: test_neighbour looks at it"
BEGUN = "what follows a file or a form just sent: test_what_follows looks at it"
DATA = "it gives data to machines; the tests of the API and of Open311 read it"
SENT = "it only takes what is sent"
PASSED_ON = "it leads to another page"
LATER = "the same form as the other steps, for a case that takes weeks to come about"
NOT_OFFERED = "a way of entering, or a second factor, that nobody of the cast has"
LEAVING = "looked at when its cycle left the programme, below"
WITHOUT_A_PAGE = {
    "api/v1/": DATA,
    "open311/v2/": DATA,
    "calendario/{token}.ics": DATA,
    "reuniones/{token}.ics": DATA,
    "procesos/{token}.ics": DATA,
    "solicitudes/mapa.json": DATA,
    "documentos/{public_id}/": DATA,
    "escudo/": DATA,
    "estilo/": DATA,
    "seguimiento/{token}/carta/": DATA,
    "seguimiento/{token}/certificado/": DATA,
    "mesa/solicitudes/cercanas/": "a part of the form of the counter, asked for by a script",
    "mesa/avisos/enviados/{message_id}/": SENT,
    "mesa/operaciones/trabajos/": SENT,
    "mesa/calidad/{number}/diagnostico/acta/": SENT,
    "mesa/calidad/{number}/diagnostico/reloj/": PASSED_ON,
    "mesa/calidad/{number}/retomar/": LEAVING,
    "mesa/calidad/{number}/sin-terminar/": LEAVING,
    "mesa/avisos/{item_id}/": PASSED_ON,
    "mesa/tableros/": PASSED_ON,
    "mesa/primeros-pasos/": PASSED_ON,
    "mesa/calidad/{number}/comite/estrategia/": "the same form as that of the work plan, once the strategy has begun",
    "cuenta/entrada/": PASSED_ON,
    "cuenta/password/reset/key/": PASSED_ON,
    "cuenta/password/set/": PASSED_ON,
    "cuenta/social/": PASSED_ON,
    "cuenta/2fa/reauthenticate/": PASSED_ON,
    "solicitudes/comprobante/": WALKED,
    "solicitudes/nueva/{code}/enviar/": WALKED,
    "solicitudes/nueva/{code}/lugar/": WALKED,
    "solicitudes/nueva/{code}/otra-via/": WALKED,
    "solicitudes/nueva/{code}/parecidas/": WALKED,
    "mesa/solicitudes/{folio}/comprobante/": BEGUN,
    "mesa/puesta-en-marcha/planilla/direcciones/revisar/": BEGUN,
    "mesa/puesta-en-marcha/planilla/funcionarios/revisar/": BEGUN,
    "mesa/puesta-en-marcha/feriados/calendario/elegir/": BEGUN,
    "mesa/solicitudes/{folio}/paso/reanudar/": LATER,
    "mesa/solicitudes/{folio}/paso/silencio/": LATER,
    "mesa/solicitudes/{folio}/paso/devolver-parte/": LATER,
    "mesa/datos-personales/{folio}/paso/acoger/": LATER,
    "mesa/datos-personales/{folio}/paso/levantar/": LATER,
    "cuenta/2fa/authenticate/": NOT_OFFERED,
    "cuenta/2fa/recovery-codes/": NOT_OFFERED,
    "cuenta/2fa/totp/deactivate/": NOT_OFFERED,
    "cuenta/2fa/webauthn/keys/": NOT_OFFERED,
    "cuenta/2fa/webauthn/login/": NOT_OFFERED,
    "cuenta/2fa/webauthn/reauthenticate/": NOT_OFFERED,
    "cuenta/3rdparty/login/": NOT_OFFERED,
    "cuenta/3rdparty/signup/": NOT_OFFERED,
    "cuenta/confirm-email/": NOT_OFFERED,
    "cuenta/login/code/": NOT_OFFERED,
    "cuenta/oidc/": NOT_OFFERED,
}


def is_excused(page: str) -> bool:
    return page.startswith(tuple(WITHOUT_A_PAGE))


def area_of(page: str) -> str:
    return next(area for area in AREAS if page.startswith(area))


@pytest.fixture
def cast(commune) -> dict[str, Client]:
    """Everybody, entered and just asked for the password, as the pages of the second factor want it."""
    make_member("Pilar Datos", commune, "data_protection")
    browsers = {"": Client()}
    for name in ACCOUNTS[1:]:
        email, password = credentials(name)
        browsers[name] = Client(raise_request_exception=False)
        browsers[name].post(f"{HOME}cuenta/login/", {"login": email, "password": password})
        browsers[name].post(f"{HOME}cuenta/reauthenticate/", {"password": password})
    return browsers


def credentials(name: str) -> tuple[str, str]:
    if name in AT_AGENCIES:
        return AT_AGENCIES[name][1], demo.PASSWORD
    if name == "datos":
        return "pilar.datos@ejemplo.cl", "clave-de-prueba"
    return f"{name}@{demo.cast.DOMAIN}", demo.PASSWORD


def shown(cast: dict[str, Client], base: str, tried: list[str]) -> tuple[str, str] | None:
    """Who is shown a page at which of these addresses; None when it draws none for anybody, as files do."""
    for name, browser in cast.items():
        for address in tried:
            answer = answer_of(browser, base + address)
            if answer == "page":
                return name, base + address
            if answer in {"file", "sent"}:
                return None
    pytest.fail(f"Nobody is shown a page at {base}{tried}: give it an exhibit, or say why in WITHOUT_A_PAGE.")


def every_page(cast: dict[str, Client], values: Values, area: str, urlconf: str = INSIDE) -> Iterator[tuple[str, str]]:
    base = HOME if urlconf == INSIDE else "/"
    for route in routes(urlconf):
        for page, tried in pages(route, values):
            if area in {area_of(page), "*"} and not is_excused(page) and (found := shown(cast, base, tried)):
                yield found


class Visitor:
    """Visits pages as one of the cast, in a tab that each keeps."""

    def __init__(self, enter: Enter, cast: dict[str, Client], **more) -> None:
        self.enter, self.cast, self.more, self.tabs = enter, cast, more, {}

    def tab(self, name: str) -> Page:
        if name not in self.tabs:
            self.tabs[name] = self.enter(client=self.cast[name], **self.more)
        return self.tabs[name]

    def look(self, name: str, address: str) -> list[str]:
        page = self.tab(name)
        page.goto(address)
        return flaws(page)


@pytest.mark.slow  # some thirty pages each; only a browser knows colours and sizes
@pytest.mark.parametrize("area", AREAS)
def test_axe_finds_nothing_in_this_part_of_the_site(area, enter, cast, commune) -> None:
    visitor = Visitor(enter, cast)
    values = exhibits.gather(commune)

    wrong = [found for name, address in every_page(cast, values, area) for found in visitor.look(name, address)]

    assert wrong == []


@pytest.mark.slow  # as above
def test_axe_finds_nothing_outside_the_municipalities(enter, cast, commune) -> None:
    visitor = Visitor(enter, cast)
    values = exhibits.gather(commune)

    wrong = [found for name, address in every_page(cast, values, "*", OUTSIDE) for found in visitor.look(name, address)]

    assert wrong == []


def at_agencies(values: Values) -> Iterator[tuple[str, Client, str]]:
    """Who is shown each page of the desk of an agency, and at which address."""
    browsers = {name: Client(raise_request_exception=False) for name in AT_AGENCIES}
    for name, (base, email) in AT_AGENCIES.items():
        browsers[name].post(f"{base}cuenta/login/", {"login": email, "password": demo.PASSWORD})
    for page, tried in (found for route in routes(AGENCY) for found in pages(route, values)):
        if page.startswith(("cuenta/", "estilo/")) or page.endswith(FILES):
            continue
        asked = [(name, AT_AGENCIES[name][0] + address) for name in AT_AGENCIES for address in tried]
        answers = [answer_of(browsers[name], address) for name, address in asked]
        seen = next((one for one, answer in zip(asked, answers, strict=True) if answer == "page"), None)
        if seen is None and "sent" in answers:
            continue
        if seen is None:
            pytest.fail(f"Nobody is shown a page at {asked}: give it an exhibit.")
        yield seen[0], browsers[seen[0]], seen[1]


@pytest.mark.slow  # as above
def test_axe_finds_nothing_at_the_desk_of_an_agency(enter, commune) -> None:
    found = list(at_agencies(exhibits_programme.for_agency()))
    visitor = Visitor(enter, {name: browser for name, browser, _address in found})

    assert [flaw for name, _browser, address in found for flaw in visitor.look(name, address)] == []


@pytest.mark.slow  # as above
def test_axe_finds_nothing_in_the_pages_of_a_cycle_that_ended(enter, commune) -> None:
    page, wrong = enter(official("calidad")), []
    for place in FINISHED:
        page.goto(f"mesa/calidad/1/{place}")
        wrong += flaws(page)

    assert wrong == []


@pytest.mark.slow  # as above
def test_axe_finds_nothing_in_the_pages_of_a_cycle_that_left(enter, commune) -> None:
    page, wrong = enter(official("calidad")), []
    page.goto("mesa/calidad/2/retirar/")
    page.get_by_label("Motivo").fill("Terminó el convenio.")
    page.get_by_role("button", name="Retirar el ciclo").click()
    page.wait_for_url("**/mesa/calidad/2/")
    for place in LEFT:
        page.goto(f"mesa/calidad/2/{place}")
        wrong += flaws(page)

    assert (wrong, page.get_by_role("button", name="Dejarlo sin terminar").count()) == ([], 1)


@pytest.mark.slow  # three pages each
@pytest.mark.parametrize("account", ROLES)
def test_nothing_is_wrong_with_the_home_the_list_and_a_record_of_each_role(account, enter, commune) -> None:
    page = enter(official(account), refused=True)
    wrong, addresses = [], ["mesa/", "mesa/solicitudes/"]
    for address in addresses:
        page.goto(address)
        wrong += flaws(page)
        if address == "mesa/solicitudes/" and (record := RECORD.search(page.content())):
            addresses.append(record[0])

    assert wrong == []


def test_the_walk_sees_what_is_wrong_only_in_the_dark_or_on_a_phone(enter, commune) -> None:
    page = enter()
    page.goto("privacidad/")
    page.evaluate("document.documentElement.style.setProperty('--ink', '#333')")
    page.evaluate("document.querySelector('main').style.minWidth = '500px'")

    found = flaws(page)

    assert [flaw for flaw in found if flaw.startswith("dark: ")]
    assert [flaw for flaw in found if "500 px wide on a screen of 360" in flaw]
