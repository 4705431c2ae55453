"""The self-assessment that the open cycle has half way: a result with figures, a paper of its own, a part."""

from cabildo.documents.queries import kept_documents_of
from cabildo.instruments.models import Evidence, PartSummary, YearFigure
from cabildo.quality.models import Cycle
from e2e.site_map import Values


def gather(cycle: Cycle) -> Values:
    """The places of its addresses; the element has a paper that no other cycle brought, and figures of some years."""
    mine = {"assessment": cycle.self_assessment_id}
    own = Evidence.objects.filter(carried_from=None, **mine)
    figures = YearFigure.objects.filter(element__in=own.values("uses__element"), **mine)
    figure = figures.earliest("pk")
    paper = own.filter(uses__element=figure.element).earliest("pk")
    below = "mesa/calidad/{number}/autoevaluacion"
    return {
        f"{below}/elementos/element": [figure.element],
        f"{below}/elementos/{{element}}/evidencias/pk": [paper.pk],
        f"{below}/elementos/{{element}}/cifras/pk": [figure.pk],
        f"{below}/evidencias/pk": [paper.pk],
        f"{below}/evidencias/{{pk}}/archivos/file": [kept_documents_of(paper).earliest("pk").public_id],
        f"{below}/sintesis/part": [PartSummary.objects.filter(**mine).earliest("pk").part],
    }
