"""The real settings with the queue and its sample tasks only: worker processes of these tests start fast."""

from cabildo.site.settings import DATABASES, DEFAULT_AUTO_FIELD, SECRET_KEY, TASKS, TIME_ZONE, USE_TZ

__all__ = ["DATABASES", "DEFAULT_AUTO_FIELD", "SECRET_KEY", "TASKS", "TIME_ZONE", "USE_TZ"]

INSTALLED_APPS = ["cabildo.db", "cabildo.jobs", "jobs.sample"]
