"""A meeting, its agenda, who was called to it and who came."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.meetings.choices import CallChannel, MeetingKind, Role, State
from cabildo.meetings.models.body import ONE_PERSON, Body, Member, Person


class Meeting(TenantModel):
    """A session of a body, or a free-standing one. The quorum columns are what was declared, never recomputed."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings")
    on_type = models.CharField(max_length=60, blank=True)
    on_id = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    title = models.CharField(_("título"), max_length=160)
    kind = models.CharField(_("tipo"), max_length=14, choices=MeetingKind.choices)
    planned_start_at = models.DateTimeField(_("comienza"))
    planned_end_at = models.DateTimeField(_("termina"))
    place = models.CharField(_("lugar"), max_length=200, blank=True)
    link = models.URLField(_("enlace para conectarse"), max_length=300, blank=True)
    state = models.CharField(_("estado"), max_length=10, choices=State.choices, default=State.DRAFT)
    reason = models.CharField(_("motivo"), max_length=400, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    quorum_present = models.PositiveIntegerField(null=True, blank=True)
    quorum_total = models.PositiveIntegerField(null=True, blank=True)
    quorum_needed = models.PositiveIntegerField(null=True, blank=True)
    quorum_met = models.BooleanField(null=True, blank=True)
    quorum_note = models.TextField(max_length=1000, blank=True)
    quorum_stated_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reunión")
        ordering = ["-planned_start_at", "-pk"]
        indexes = [
            models.Index(fields=["municipality", "planned_start_at", "id"], name="meetings_meeting_when"),
            models.Index(fields=["municipality", "on_type", "on_id"], name="meetings_meeting_on"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year", "number"], name="meetings_meeting_number"),
            models.CheckConstraint(
                condition=Q(planned_end_at__gt=F("planned_start_at")), name="meetings_meeting_planned"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="meetings_meeting_times"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.folio} {self.title}"

    @property
    def folio(self) -> str:
        return f"R-{self.year}-{self.number:04}"

    @property
    def begins_at(self) -> datetime:
        """When it began; when it is to begin while it has not."""
        return self.started_at or self.planned_start_at

    @property
    def is_on_another_day(self) -> bool:
        """Did it begin on another day than planned?"""
        return not self.is_planned_for(timezone.localdate(self.begins_at))

    def is_planned_for(self, day: date) -> bool:
        return timezone.localdate(self.planned_start_at) == day


class AgendaItem(TenantModel):
    """A point of the agenda (tabla), with the minutes it may take."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("punto"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutos"), default=10)
    presenter = models.CharField(_("quien expone"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("punto de la tabla")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Attendance(Person):
    """One person of a meeting's list. `came` is None until it is noted; who was not expected is a guest."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    expected = models.BooleanField(default=True)
    came = models.BooleanField(null=True, blank=True)
    excused = models.BooleanField(default=False)
    represented_by = models.CharField(_("quien le representa"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("asistencia")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=ONE_PERSON, name="meetings_attendance_person"),
            models.UniqueConstraint(fields=["meeting", "member"], name="meetings_attendance_member"),
            models.CheckConstraint(
                condition=Q(excused=False) | Q(came=False), name="meetings_attendance_excused_is_absent"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def mark(self) -> str:
        """As the form says it: came, absent, excused, or nothing yet."""
        if self.came is None:
            return ""
        return "came" if self.came else "excused" if self.excused else "absent"

    @property
    def keeps_order(self) -> bool:
        return self.role in (Role.CHAIR, Role.SECRETARY)


class Call(TenantModel):
    """Somebody was called to a meeting, in one way, at one instant. Calling again adds a row."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="calls")
    channel = models.CharField(_("medio"), max_length=8, choices=CallChannel.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.attendance_id} {self.channel}"
