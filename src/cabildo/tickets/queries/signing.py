"""With which post does somebody sign for a department?"""

from dataclasses import dataclass

from django.db.models import Case, Value, When
from django.utils.translation import gettext as _

from cabildo.accounts.models import Department, Membership, User
from cabildo.accounts.queries import acting_for


@dataclass(frozen=True)
class Post:
    """`title` is empty when nobody wrote it down; `absent` is whose place the signer takes."""

    title: str
    absent: User | None = None


def post_of(signer: User, department: Department | None) -> Post:
    """The post that the signer holds in the department, else elsewhere; of a substitute, the one of who is absent."""
    absent_id = acting_for(signer, department.pk if department else None)
    absent = User.objects.filter(pk=absent_id).first() if absent_id else None
    title = _title(absent or signer, department)
    return Post(_("%s (S)") % title if absent and title else title, absent)


def _title(person: User, department: Department | None) -> str:
    there = Case(When(department=department, then=Value(0)), default=Value(1))
    held = Membership.objects.filter(user=person).exclude(position="").order_by(there, "-starts_on", "-pk")
    return held.values_list("position", flat=True).first() or ""
