"""What do requesters say after the closing, by channel and department?"""

from datetime import timedelta

from django.db.models import Count, Q, QuerySet, Sum

from cabildo.tickets.choices import Delivery, LowGradeReason
from cabildo.tickets.models import Satisfaction
from cabildo.tickets.queries.figures import FIELDS, Dimension, Row, Scope, for_a_minute, label_of, midnight
from cabildo.tickets.rules.figures import Opinions

COUNTS = {
    "invited": Count("pk"),
    "answered": Count("pk", filter=Q(answered_at__isnull=False)),
    "grades": Count("grade"),
    "grade_sum": Sum("grade", default=0),
    "said_solved": Count("pk", filter=Q(solved=True)),
    "told_solved": Count("solved"),
}


@for_a_minute
def opinions(scope: Scope) -> Opinions:
    """All opinions on closings of the period. One query."""
    return Opinions(**_asked(scope).aggregate(**COUNTS))


@for_a_minute
def opinions_by(scope: Scope, dimension: Dimension) -> list[Row[Opinions]]:
    """By channel or department, the most asked first. One query."""
    code, label = FIELDS[dimension]
    rows = _asked(scope).values(code, label).annotate(**COUNTS)
    found = [
        Row(row[code], label_of(dimension, row[label]), Opinions(**{name: row[name] for name in COUNTS}))
        for row in rows
    ]
    return sorted(found, key=lambda row: (-row.figure.invited, row.label))


@for_a_minute
def low_reasons(scope: Scope) -> list[Row[int]]:
    """Why grades were low, the most frequent first. One query."""
    rows = _asked(scope).exclude(low_reason="").values_list("low_reason").annotate(Count("pk"))
    found = [Row(code, str(LowGradeReason(code).label), count) for code, count in rows]
    return sorted(found, key=lambda row: (-row.figure, row.label))


def _asked(scope: Scope) -> QuerySet[Satisfaction]:
    """Invitations sent in the period: one per closing. One that goes on paper counts once it is printed or used."""
    wanted = {"ticket__area__code": scope.area, "ticket__kind": scope.kind, "channel": scope.channel}
    asked = Satisfaction.objects.filter(
        invited_at__gte=midnight(scope.period.since),
        invited_at__lt=midnight(scope.period.until + timedelta(days=1)),
        **{name: value for name, value in wanted.items() if value},
    )
    if scope.departments is not None:
        asked = asked.filter(department__in=scope.departments)
    return asked.exclude(delivered_by=Delivery.PRINTED, printed_at=None, answered_at=None).order_by()
