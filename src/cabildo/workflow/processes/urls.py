"""Addresses of the processes."""

from django.urls import path

from cabildo.workflow.processes.views import dates, files, runs, stages, tasks

app_name = "processes"

urlpatterns = [
    path("procesos/<str:token>.ics", dates.run_calendar, name="calendar_feed"),
    path("mesa/procesos/", runs.process_runs, name="list"),
    path("mesa/procesos/iniciar/", runs.start, name="start"),
    path("mesa/procesos/tablero/", runs.board, name="board"),
    path("mesa/procesos/<int:pk>/", runs.run, name="run"),
    path("mesa/procesos/<int:pk>/fechas/", dates.schedule, name="schedule"),
    path("mesa/procesos/<int:pk>/calendario/", dates.calendar, name="calendar"),
    path("mesa/procesos/<int:pk>/conduccion/", runs.name_leader, name="leader"),
    path("mesa/procesos/<int:pk>/informe/", files.report, name="report"),
    path("mesa/procesos/<int:pk>/planilla/", files.workbook, name="workbook"),
    path("mesa/procesos/<int:pk>/retirar/", runs.withdraw, name="withdraw"),
    path("mesa/procesos/<int:pk>/retomar/", runs.resume, name="resume"),
    path("mesa/procesos/<int:pk>/nuevo-ciclo/", runs.new_cycle, name="new_cycle"),
    path("mesa/procesos/roles/<int:pk>/", runs.assign_role, name="role"),
    path("mesa/procesos/etapas/<int:pk>/requisitos/<slug:code>/", stages.gate, name="gate"),
    path("mesa/procesos/etapas/<int:pk>/paso/<slug:step>/", stages.step, name="stage_step"),
    path("mesa/procesos/tareas/<int:pk>/", tasks.task, name="task"),
    path("mesa/procesos/tareas/<int:pk>/documento/", tasks.attach, name="task_document"),
    path("mesa/procesos/tareas/<int:pk>/paso/<slug:step>/", tasks.step, name="task_step"),
]
