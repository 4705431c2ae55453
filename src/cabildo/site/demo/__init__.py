"""Puerto Claro, a fictional commune: people, areas and requests to try the platform with.

Everything here says that it is a demonstration: the municipality carries a notice on every page.
"""

from cabildo.site.demo import programme
from cabildo.site.demo.cast import ACCOUNTS, PASSWORD, SLUG, load

__all__ = ["ACCOUNTS", "PASSWORD", "SLUG", "load", "programme"]
