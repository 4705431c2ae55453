"""The register of pages by stage: the page of a cycle leads through it to where each stage is worked on."""

from dataclasses import dataclass

from django.urls import reverse

from cabildo.quality.models import Cycle
from cabildo.ui.parts import Words


@dataclass(frozen=True)
class StagePage:
    """A page of a stage; its address takes the number of the cycle."""

    url_name: str
    label: Words

    def url(self, cycle: Cycle) -> str:
        return reverse(self.url_name, args=[cycle.number])


_pages: dict[str, list[StagePage]] = {}


def register(code: str, url_name: str, label: Words) -> None:
    """Declare a page of the stage that its process calls `code`, from `registers.fill`; the first is the main one."""
    pages = _pages.setdefault(code, [])
    if all(page.url_name != url_name for page in pages):
        pages.append(StagePage(url_name, label))


def pages(code: str) -> tuple[StagePage, ...]:
    """Empty for a stage that has no page of its own yet."""
    return tuple(_pages.get(code, ()))
