"""How settings are read: from the environment, and a wrong value fails at start."""

import os
from pathlib import Path


class SettingError(Exception):
    """A setting is missing or malformed; the message says which and what to write."""


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise SettingError(f"Falta la variable {name}. Véase docs/reference/settings.md.")
    return value


def boolean(name: str, *, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes", "si", "sí"}:
        return True
    if value.lower() in {"0", "false", "no"}:
        return False
    raise SettingError(f"{name} debe ser true o false; se leyó «{value}».")


def integer(name: str, default: int) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise SettingError(f"{name} debe ser un número entero; se leyó «{value}».") from error


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def pairs(name: str) -> dict[str, str]:
    """`host=slug,host=slug` as a dictionary."""
    result = {}
    for word in words(name):
        key, separator, value = word.partition("=")
        if not separator:
            raise SettingError(f"{name} se escribe clave=valor,clave=valor; se leyó «{word}».")
        result[key] = value
    return result


def path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name, str(default)))


def secret(name: str, file: Path, *, otherwise: str | None = None) -> str:
    """A secret from the environment, else from a file of the installation, else the given one."""
    if value := os.environ.get(name):
        return value
    if otherwise is not None:
        return otherwise
    if file.exists():
        return file.read_text(encoding="utf-8").strip()
    return text(name)
