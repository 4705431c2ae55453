"""A request, the three things its list names, what was done to it; and a row of the page of an assessment."""

from django.conf import settings
from django.db import models


class Department(models.Model):
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    label = models.CharField(max_length=160)

    def __str__(self) -> str:
        return self.label


class Ticket(models.Model):
    category = models.ForeignKey(Category, on_delete=models.PROTECT)
    department = models.ForeignKey(Department, on_delete=models.PROTECT)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    state = models.CharField(max_length=12)
    channel = models.CharField(max_length=10)
    text = models.TextField(max_length=4000)
    name = models.CharField(max_length=160)
    due_on = models.DateField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "-received_at", "-id"], name="floor_newest")]

    def __str__(self) -> str:
        return f"S-{self.pk}"


class Entry(models.Model):
    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class Part(models.Model):
    """Whatever else the desk writes of a request: a person, a clock, a step, a letter, a job; all of one shape here."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True)
    kind = models.CharField(max_length=12)
    at = models.DateTimeField(auto_now_add=True)
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.kind


class SheetRow(models.Model):
    """What the page of an assessment prints of an element, ready to be printed."""

    element = models.CharField(max_length=300)
    part = models.CharField(max_length=300)
    department = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)
    is_written = models.BooleanField()
    papers = models.IntegerField()
    proposals = models.IntegerField()
    said = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.element
