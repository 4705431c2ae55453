"""Packs as workbooks that people fill in with Excel. The owner of a kind registers how its body is laid out."""

from cabildo.content.workbooks.header import CHANGES, PACK
from cabildo.content.workbooks.layout import Column, Fields, Layout, RowOrder, Table, register_layout

__all__ = ["CHANGES", "PACK", "Column", "Fields", "Layout", "RowOrder", "Table", "register_layout"]
