"""Draws the main pages at 360 and 1280 px into screenshots/, from a server and a demonstration of its own."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "screenshots"
WIDTHS = {360: 740, 1280: 900}
PASSWORD = "puerto-claro-2026"  # noqa: S105 - of the demonstration, printed at its start
PATIENCE_S = 300
Keep = Callable[[Page, str], None]
PORTAL = {
    "portal": "",
    "portal-materias": "solicitudes/nueva/",
    "portal-buscar": "solicitudes/nueva/?q=escombros",
    "portal-seguir": "seguimiento/",
    "portal-publicas": "solicitudes/",
    "portal-cifras": "cifras/",
    "portal-direcciones": "direcciones/",
    "portal-datos-personales": "datos-personales/",
    "portal-privacidad": "privacidad/",
    "ingreso": "cuenta/login/",
    "ingreso-olvido": "cuenta/password/reset/",
    "error-no-existe": "no-existe/",
}
DESK = {
    "operaciones": {
        "mesa": "mesa/",
        "mesa-lista": "mesa/solicitudes/",
        "mesa-tablero-direccion": "mesa/tableros/direccion/",
        "mesa-internas": "mesa/internas/",
        "mesa-protocolos": "mesa/protocolos/",
        "mesa-rezago": "mesa/rezago/",
    },
    "oirs": {
        "oficina": "mesa/",
        "cuenta": "cuenta/mia/",
        "cuenta-segundo-paso": "cuenta/2fa/",
        "error-sin-permiso": "mesa/puesta-en-marcha/",
        "oficina-buscar": "mesa/buscar/?q=poste",
        "oficina-tablero": "mesa/tableros/oficina/",
        "oficina-moderacion": "mesa/moderacion/",
        "oficina-importaciones": "mesa/importaciones/",
    },
    "meson": {"meson-ingresar": "mesa/solicitudes/ingresar/paper/luminaria_apagada/"},
    "alcaldia": {
        "alcaldia": "mesa/",
        "alcaldia-tablero": "mesa/tableros/alcaldia/",
        "alcaldia-gestion": "mesa/tableros/gestion/",
    },
    "calidad": {
        "calidad-ciclos": "mesa/calidad/",
        "calidad-ciclo": "mesa/calidad/2/",
        "calidad-ciclo-terminado": "mesa/calidad/1/",
        "calidad-diagnostico": "mesa/calidad/2/diagnostico/resultado/",
        "calidad-ingreso": "mesa/calidad/2/ingreso/",
        "calidad-comite": "mesa/calidad/2/comite/",
        "calidad-autoevaluacion": "mesa/calidad/2/autoevaluacion/",
        "calidad-ficha": "mesa/calidad/2/autoevaluacion/elementos/reunion_directiva/",
        "calidad-informe": "mesa/calidad/1/informe/",
        "calidad-retroalimentacion": "mesa/calidad/1/retroalimentacion/",
        "calidad-brechas": "mesa/calidad/1/plan/brechas/",
        "calidad-matriz": "mesa/calidad/1/plan/matriz/",
        "calidad-programa": "mesa/calidad/1/plan/programa/",
        "calidad-implementacion": "mesa/calidad/1/implementacion/",
        "calidad-comparacion": "mesa/calidad/1/implementacion/comparacion/",
    },
    "admin": {
        "ajustes": "mesa/puesta-en-marcha/",
        "ajustes-categorias": "mesa/puesta-en-marcha/categorias/",
        "ajustes-feriados": "mesa/puesta-en-marcha/feriados/",
        "ajustes-plazos": "mesa/puesta-en-marcha/plazos/",
        "ajustes-personas": "mesa/personas/",
        "ajustes-territorio": "mesa/territorio/",
        "ajustes-correo": "mesa/avisos/correo/",
        "ajustes-operaciones": "mesa/operaciones/",
    },
}

# at the desks of the agencies, and of who comes from one: where, as whom
AGENCIES = {
    "conduccion@subdere.example": (
        "/a/subdere-demo/",
        {
            "organismo-municipalidades": "calidad/",
            "organismo-municipalidad": "calidad/municipalidades/puerto-claro/",
            "organismo-nivelacion": "calidad/municipalidades/llano-verde/",
            "organismo-carga": "calidad/carga/",
            "organismo-resultados": "calidad/resultados/",
            "organismo-capacitaciones": "calidad/capacitaciones/",
            "organismo-consultas": "calidad/consultas/",
        },
    ),
    "coordinacion@validador.example": (
        "/a/validador-demo/",
        {"validador-cola": "calidad/validacion/", "validador-registro": "calidad/validadores/"},
    ),
    "valida1@validador.example": ("/m/puerto-claro/", {"validacion": "mesa/calidad/1/retroalimentacion/"}),
    "consultora@consultora.example": (
        "/m/puerto-claro/",
        {"consultoria": "mesa/calidad/consultoria/", "consultoria-visitas": "mesa/calidad/2/consultoria/"},
    ),
}


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with running_demonstration() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_browser(), args=["--no-sandbox", "--disable-gpu"])
        for width, height in WIDTHS.items():
            draw_portal(browser, home, width, height)
            for account, pages in DESK.items():
                draw_desk(new_tab(browser, home, width, height), account, pages)
            for email, (desk, pages) in AGENCIES.items():
                page = new_tab(browser, home.replace("/m/puerto-claro/", desk), width, height)
                enter(page, email)
                draw(page, pages)
        browser.close()
    print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER}")  # noqa: T201


def system_browser() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def running_demonstration() -> Iterator[str]:
    """`cabildo start` on a spare port, with its data in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        port = spare.getsockname()[1]
        spare.close()
        settings = {"CABILDO_DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/demonstration.sqlite3"}
        environment = {**os.environ, **settings, "CABILDO_MAIL_TO_FILES": "true", "CABILDO_TESTING": "false"}
        subprocess.run([sys.executable, "-m", "cabildo.site.first_start"], env=environment, check=True)
        command = [sys.executable, "-m", "cabildo.site.cli", "start", "--port", str(port), "--workers", "1"]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", server)
            yield f"http://127.0.0.1:{port}/m/puerto-claro/"
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str, server: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=2).close()  # noqa: S310
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            return
    sys.exit("The demonstration did not start.")


def new_tab(browser: Browser, home: str, width: int, height: int) -> Page:
    return browser.new_context(
        base_url=home, viewport={"width": width, "height": height}, locale="es-CL", reduced_motion="reduce"
    ).new_page()


def keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}-{page.viewport_size['width']}.png", full_page=True)


def draw_portal(browser: Browser, home: str, width: int, height: int) -> None:
    page = new_tab(browser, home, width, height)
    for name, address in PORTAL.items():
        page.goto(address)
        keep(page, name)
    draw_shell(page)
    ask(page)
    page.get_by_role("link", name="Cómo se contó el plazo").click()
    keep(page, "solicitud-8-plazo")


def draw_shell(page: Page) -> None:
    """The colours that its controls give, and the menu of a phone."""
    page.goto("./")
    if page.locator(".portal-menu").is_visible():
        page.locator(".portal-menu > summary").click()
        keep(page, "portal-menu")
        page.keyboard.press("Escape")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    keep(page, "portal-oscuro")
    page.get_by_role("button", name="Contraste").click()
    keep(page, "portal-contraste")
    page.get_by_role("button", name="Contraste").click()


def ask(page: Page, keep: Keep = keep) -> None:
    """Walk through the form as a neighbour does, to the page where the request is followed."""
    page.goto("solicitudes/nueva/retiro_voluminosos/")
    page.get_by_role("button", name="Continuar").click()
    keep(page, "solicitud-1-con-errores")
    page.get_by_label("Solicitud", exact=True).check()
    page.get_by_label("Cuéntenos qué pasa").fill("Hay escombros botados en la vereda y no se puede pasar.")
    page.get_by_label("Escombros", exact=True).check()
    page.get_by_label(re.compile("sacos o metros cúbicos")).fill("Seis sacos")
    page.get_by_label(re.compile("A qué teléfono")).fill("987654321")
    keep(page, "solicitud-2-detalles")
    page.get_by_role("button", name="Continuar").click()
    page.get_by_label(re.compile("Dirección")).fill("Los Aromos 120")
    page.get_by_role("button", name="Marcar el centro del mapa").click()
    keep(page, "solicitud-3-lugar")
    page.get_by_role("button", name="Continuar").click()
    if "parecidas" in page.url:
        keep(page, "solicitud-4-parecidas")
        page.get_by_role("link", name="No, es otra cosa").click()
    page.get_by_label("Nombre y apellidos").fill("Rosa Pérez")
    page.get_by_label("Correo electrónico").fill("rosa@ejemplo.cl")
    keep(page, "solicitud-5-contacto")
    page.get_by_role("button", name="Enviar").click()
    keep(page, "solicitud-6-comprobante")
    page.goto(page.get_by_role("link", name="Ver mi solicitud").get_attribute("href"))
    keep(page, "solicitud-7-seguimiento")


def enter(page: Page, email: str) -> None:
    page.goto("cuenta/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit], main form button").first.click()
    page.wait_for_url(lambda url: "/cuenta/login/" not in url)


def draw(page: Page, pages: dict[str, str]) -> None:
    for name, address in pages.items():
        page.goto(address)
        keep(page, name)


def draw_desk(page: Page, account: str, pages: dict[str, str]) -> None:
    enter(page, f"{account}@puertoclaro.example")
    draw(page, pages)
    if account == "operaciones":
        draw_record(page)


def draw_record(page: Page) -> None:
    page.goto("mesa/")
    record = page.locator("main th.folio a").first.get_attribute("href")
    page.goto(record)
    keep(page, "mesa-solicitud")
    for step in ("responder", "derivar", "anotar", "ampliar", "pedir-a-direccion"):
        page.goto(f"{record}paso/{step}/")
        keep(page, f"mesa-paso-{step}")


if __name__ == "__main__":
    main()
