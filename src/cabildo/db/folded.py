"""Words found in columns however they are written: «reunion» finds «Reunión», on both databases.

For lists of some hundreds of rows a municipality, which are read whole. Where rows may be a million: `search`, `words`.
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.lookups import Contains

from cabildo.db.backends import SQLITE_FOLD
from cabildo.kit.text import words

# marks that letters carry once they are taken apart: the blocks of combining marks
POSTGRES_FOLD = (
    r"lower(regexp_replace(normalize(%(expressions)s, NFKD), "
    r"'[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g'))"
)


class Folded(models.Func):
    """A text in lower case and without accents, as `kit.text.fold` does it. Null stays null."""

    function = SQLITE_FOLD
    arity = 1
    output_field = models.TextField()

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=POSTGRES_FOLD, **context)


def matching(text: str, *fields: str) -> Q:
    """Rows that have every word of `text` in at least one of `fields`, however accented; without words, all rows."""
    wanted = Q()
    for word in words(text):
        wanted &= Q(*(Contains(Folded(field), word) for field in fields), _connector=Q.OR)
    return wanted
