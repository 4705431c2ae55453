"""Verbs that change requests, one file per part of their life."""
