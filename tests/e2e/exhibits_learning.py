"""Trainings, consultancy and questions of the demonstration, for the walk through their pages on both sides."""

from cabildo.quality.models import Consultancy, ConsultancyMember, HelpRequest, Training
from e2e.site_map import Values


def gather() -> Values:
    """Inside the municipality: a visit, a levelling, and one question."""
    cycle = "mesa/calidad/{number}"
    return {
        f"{cycle}/capacitacion/nivelar/visit": [2],
        f"{cycle}/consultoria/visitas/visit": [3, 2],
        "mesa/calidad/ayuda/pk": [HelpRequest.objects.latest("pk").pk],
    }


def for_agency() -> Values:
    """At the desk of the agency: one of each."""
    desk = "calidad"
    return {
        f"{desk}/capacitaciones/pk": [Training.objects.latest("pk").pk],
        f"{desk}/consultorias/pk": [Consultancy.objects.latest("pk").pk],
        f"{desk}/consultorias/{{pk}}/consultores/member": [ConsultancyMember.objects.latest("pk").pk],
        f"{desk}/consultas/{{slug}}/pk": [HelpRequest.objects.latest("pk").pk],
    }
