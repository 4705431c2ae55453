"""`python -m bench.desk.quality_page EVIDENCES`: a whole self-assessment; tells its address and its rows."""

import sys
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from bench.desk.prepare import BACKEND, DOMAIN, HERE  # noqa: E402
from bench.desk.quality_cycle import filled  # noqa: E402
from bench.entrance import say, signed_in  # noqa: E402
from cabildo.accounts.models import Municipality, User  # noqa: E402
from cabildo.accounts.scoping import in_municipality  # noqa: E402
from cabildo.quality.queries import self_assessment as asked  # noqa: E402
from cabildo.quality.shown import self_assessment as shown  # noqa: E402
from cabildo.site import demo  # noqa: E402

WHO = "calidad"  # the technical counterpart, who sees every sheet


def main(evidences: int) -> None:
    municipality = Municipality.objects.get(slug=demo.SLUG)
    with in_municipality(municipality):
        cycle = filled(evidences)
        found = shown.rows(asked.filled(cycle, timezone.localdate()))
        rows = [_words(row) for row in found]
    headers = signed_in(User.objects.get(email=f"{WHO}@{DOMAIN}"), BACKEND)
    say(
        headers=headers,
        lists=[f"{HERE}/mesa/calidad/{cycle.number}/autoevaluacion/"],
        rows=rows,
        marker='<th scope="row">',
    )


def _words(row: Any) -> dict[str, Any]:
    """What the page prints of an element, for the bare page to print too."""
    return {
        "element": row.item.label,
        "part": row.item.part["label"],
        "department": str(row.sheet.department or ""),
        "due_on": row.sheet.due_on.isoformat() if row.sheet.due_on else None,
        "is_written": row.sheet.is_written,
        "papers": row.papers,
        "proposals": row.proposals,
        "said": row.said or "",
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
