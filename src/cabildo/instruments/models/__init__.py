from cabildo.instruments.models.answering import Answer, Assessment

__all__ = ["Answer", "Assessment"]
