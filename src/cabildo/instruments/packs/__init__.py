"""The kinds of packs that this engine reads: one module per kind, pure functions over a completed body."""

from cabildo.instruments.packs import assessment_models, level_rules, model_mappings, questionnaires

KINDS = (questionnaires.KIND, assessment_models.KIND, level_rules.KIND, model_mappings.KIND)
