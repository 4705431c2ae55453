"""Two tables of the tests' own, unknown to the project's registry of models."""

from django.apps.registry import Apps
from django.db import models

from cabildo.db.fields import EncryptedTextField

elsewhere = Apps()


class Street(models.Model):
    name = models.CharField(max_length=40)

    class Meta:
        apps = elsewhere
        app_label = "sample"

    def __str__(self) -> str:
        return self.name


class Neighbour(models.Model):
    street = models.ForeignKey(Street, models.CASCADE, null=True)
    grade = models.IntegerField(default=0)
    due_on = models.DateField(null=True)
    seen_at = models.DateTimeField(null=True)
    phone = EncryptedTextField(purpose="sample.phone", null=True)
    note = EncryptedTextField(purpose="sample.note", null=True)

    class Meta:
        apps = elsewhere
        app_label = "sample"

    def __str__(self) -> str:
        return str(self.pk)


TABLES = (Street, Neighbour)
