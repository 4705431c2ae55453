"""What a person reads about a delivery or a test of the mail server, by code."""

from typing import Any

from django.utils.translation import gettext_lazy as _

WHY: dict[str, Any] = {
    # not sent, by rule
    "invalid_address": _("La dirección no es válida. Corríjala en la ficha de la persona."),
    "own_address": _("Es la dirección de la propia municipalidad: escribirle abriría una solicitud nueva."),
    "no_reply": _("Es una dirección que no recibe respuestas."),
    "machine": _("Es una dirección de un sistema de correo, no de una persona."),
    "automatic": _("Respondería a un mensaje automático."),
    "list": _("Respondería a una lista de correo o a un envío masivo."),
    "bounce": _("Respondería a un aviso de correo no entregado."),
    "unproven_sender": _("El correo recibido no probó quién lo envió: la respuesta llegaría a un tercero."),
    "too_many_answers": _("Ya se respondió muchas veces a esta dirección en la última hora."),
    # delayed or failed
    "rate_limited": _("Espera: esta persona ya recibió {limit} mensajes en la última hora."),
    "recipient_refused": _("El servidor de correo rechazó la dirección. Compruébela con la persona."),
    "content_refused": _("El servidor de correo rechazó el mensaje."),
    "sender_refused": _("El servidor de correo no acepta la dirección del remitente. Revise la configuración."),
    "try_later": _("El servidor de correo pidió intentarlo más tarde."),
    "unreachable": _("No se pudo llegar al servidor de correo. Revise su nombre, su puerto y la red."),
    "timed_out": _("El servidor de correo no respondió a tiempo."),
    "dropped": _("El servidor de correo cortó la conexión."),
    "host_unknown": _("No existe un servidor con ese nombre. Revise cómo está escrito."),
    "tls_failed": _("La conexión cifrada falló. Revise el modo de seguridad, el puerto y el certificado del servidor."),
    "starttls_missing": _(
        "El servidor no ofrece el cifrado o la identificación pedidos. Elija otro modo de seguridad."
    ),
    "credentials": _("El servidor rechazó el usuario o la clave."),
    "server_refused": _("El servidor de correo rechazó la conexión o respondió algo inesperado."),
    # tests
    "outgoing_ok": _("El correo de salida funciona: se envió un mensaje de prueba a {address}."),
    "incoming_ok": _("El correo de entrada funciona: la carpeta «{folder}» tiene {count} mensajes."),
    "folder_missing": _("El servidor no tiene la carpeta «{folder}». Revise su nombre."),
    "not_configured": _("Falta indicar el servidor. Complete y guarde los datos antes de probar."),
}


def sentence(code: str, **facts: Any) -> str:
    return str(WHY[code]).format(**facts) if code else ""
