"""Decisions of the programme, without database."""
