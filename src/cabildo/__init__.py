"""Cabildo: the open platform of a Chilean municipality."""
