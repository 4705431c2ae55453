"""Who is this person? Equality by blind index, names by their folded beginning."""

from django.db.models import Q, QuerySet

from cabildo.db.fields import blind
from cabildo.db.words import begins_with
from cabildo.kit import run as runs
from cabildo.kit import text as texts
from cabildo.people import rules
from cabildo.people.models import NameWord, Requester


def by_run(run: str) -> Requester | None:
    return Requester.objects.filter(run_index=blind("people.run", runs.normalise(run))).first()


def matching(query: str, limit: int = 10) -> QuerySet[Requester]:
    """Requesters whose RUN, telephone or mail equals the query, or whose name has words that begin with its words."""
    query = query.strip()
    found = Q()
    if runs.is_valid(query):
        found |= Q(run_index=blind("people.run", runs.normalise(query)))
    if "@" in query:
        found |= Q(email_index=blind("people.email", rules.normal_email(query)))
    if len(rules.normal_phone(query)) >= rules.MOBILE_DIGITS:
        found |= Q(phone_index=blind("people.phone", rules.normal_phone(query)))
    words = texts.fold(query).split()
    if words and not any(character.isdigit() for character in query):
        by_name = Q()
        for word in words:
            by_name &= Q(pk__in=NameWord.objects.filter(begins_with("word", word)).values("requester"))
        found |= by_name
    if not found:
        return Requester.objects.none()
    return Requester.objects.filter(found, anonymised_at=None).order_by("name_folded", "pk")[:limit]
