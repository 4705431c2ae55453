"""Puerto Claro, Llano Verde and Peñas Blancas, fictional communes: people, areas, requests and cycles to try it with.

Everything here says that it is a demonstration: each municipality carries a notice on every page.
"""

from cabildo.site.demo import programme
from cabildo.site.demo.cast import ACCOUNTS, PASSWORD, SLUG, STEPS, load

__all__ = ["ACCOUNTS", "PASSWORD", "SLUG", "STEPS", "load", "programme"]
