"""Packs of dated content: read, checked, published as immutable versions, adopted and cloned. Knows no domain."""

from cabildo.content.kinds import Adoptable, Adopted, PackKind, Problem, nearest, register_kind

__all__ = ["Adoptable", "Adopted", "PackKind", "Problem", "nearest", "register_kind"]
