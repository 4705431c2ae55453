from factories.questionnaires import publish_questionnaire, questionnaire

__all__ = ["publish_questionnaire", "questionnaire"]
