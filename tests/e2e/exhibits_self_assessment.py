"""The self-assessment that the demonstration has half way: a result with figures, a paper of it, a part."""

from cabildo.documents.queries import kept_documents_of
from cabildo.instruments.models import Evidence, PartSummary, YearFigure
from e2e.site_map import Values


def gather() -> Values:
    """The places of its addresses; the element has a paper of its own and figures of several years."""
    figure = YearFigure.objects.earliest("pk")
    paper = Evidence.objects.filter(assessment=figure.assessment_id, uses__element=figure.element).earliest("pk")
    below = "mesa/calidad/{number}/autoevaluacion"
    return {
        f"{below}/elementos/element": [figure.element],
        f"{below}/elementos/{{element}}/evidencias/pk": [paper.pk],
        f"{below}/elementos/{{element}}/cifras/pk": [figure.pk],
        f"{below}/evidencias/pk": [paper.pk],
        f"{below}/evidencias/{{pk}}/archivos/file": [kept_documents_of(paper).earliest("pk").public_id],
        f"{below}/sintesis/part": [PartSummary.objects.earliest("pk").part],
    }
