"""What meetings tells the apps below it: navigation, duties, mails, who reads its papers, who leads what."""

from django.utils.translation import gettext_lazy as _

from cabildo.meetings import duties, ledgers, messages, ownership, permissions
from cabildo.meetings.permissions import MeetingsPermission
from cabildo.ui import navigation
from cabildo.ui.navigation import NavigationEntry
from cabildo.workflow import duties as duty_register

AREA = _("Reuniones")
PAGES = (
    (_("Reuniones"), "meetings:list", "calendar-event", 300),
    (_("Acuerdos"), "meetings:agreements", "list-check", 310),
    (_("Cuerpos"), "meetings:bodies", "people", 320),
)


def fill() -> None:
    permissions.register()
    ownership.register()
    messages.register_templates()
    duty_register.register("meetings.agreements", duties.agreement_duties)
    ledgers.register()
    duty_register.register("meetings.actas", duties.acta_duties)
    for label, url_name, icon, order in PAGES:
        navigation.register(NavigationEntry(AREA, label, url_name, MeetingsPermission.ATTEND, icon, order))
