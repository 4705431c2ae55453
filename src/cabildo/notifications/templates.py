"""The register of message templates: upper apps add theirs in `AppConfig.ready()`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template import Context, engines

from cabildo.notifications.errors import NotificationsError
from cabildo.notifications.rules import one_line


@dataclass(frozen=True)
class MailTemplate:
    """A message: `subject` is template text, `body` the path of a plain-text Django template, both in Spanish.

    `name` reads `<app>.<noun>`; `description` says when it is sent and to whom.
    """

    name: str
    subject: str
    body: str
    description: str


@dataclass(frozen=True)
class Rendered:
    subject: str
    body: str


_templates: dict[str, MailTemplate] = {}


def register(template: MailTemplate) -> None:
    """Add a template. The same one twice is harmless; another one of that name raises ValueError."""
    if _templates.setdefault(template.name, template) != template:
        raise ValueError(f"the template {template.name} is already registered")


def find(name: str) -> MailTemplate:
    """The template of that name, else `NotificationsError("unknown_template")`."""
    try:
        return _templates[name]
    except KeyError:
        raise NotificationsError("unknown_template", name=name) from None


def registered() -> tuple[MailTemplate, ...]:
    """Every template, by name."""
    return tuple(_templates[name] for name in sorted(_templates))


def render(template: MailTemplate, context: Mapping[str, Any]) -> Rendered:
    """Subject in one line and body as plain text; nothing is escaped, since neither is HTML."""
    engine: Any = engines["django"]
    subject = _plain(engine.from_string(template.subject), context)
    return Rendered(one_line(subject), _plain(engine.get_template(template.body), context).strip() + "\n")


def _plain(template: Any, context: Mapping[str, Any]) -> str:
    # the inner template, because the engine's wrapper always escapes
    return template.template.render(Context(dict(context), autoescape=False))
