"""How questionnaires, assessment models and level rules are laid out in the sheets of a workbook: one module a kind."""

from cabildo.instruments.workbooks import assessment_models, level_rules, questionnaires

LAYOUTS = (questionnaires.LAYOUT, assessment_models.LAYOUT, level_rules.LAYOUT)
