"""How the kinds of packs of this engine are laid out in the sheets of a workbook: one module a kind."""

from cabildo.instruments.workbooks import assessment_models, level_rules, model_mappings, questionnaires

LAYOUTS = (questionnaires.LAYOUT, assessment_models.LAYOUT, level_rules.LAYOUT, model_mappings.LAYOUT)
