"""Instruments as data: questionnaires, assessment models and level rules, with the rules that score them."""
