"""What the programme refuses, in words."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class QualityError(DomainError):
    sentences = {
        "cycle_open": _("Ya hay un ciclo abierto: el {number}. Ciérrelo antes de comenzar otro."),
        "no_questionnaire": _(
            "La municipalidad no usa ningún cuestionario de diagnóstico. Pida a la administración de la plataforma que "
            "adopte uno en «Puesta en marcha», «Contenidos adoptados»."
        ),
        "no_process": _("No hay un proceso de calidad vigente. Pida a quien administra la plataforma que lo cargue."),
        "diagnosis_missing": _("Este ciclo no tiene diagnóstico."),
        "no_model": _(
            "La municipalidad no usa ningún modelo de autoevaluación. Pida a la administración de la plataforma que "
            "adopte uno en «Puesta en marcha», «Contenidos adoptados»."
        ),
        "model_unchosen": _("La municipalidad usa varios modelos. Elija con cuál se autoevalúa."),
        "mode_unchosen": _("Este modelo se puntúa de dos modos. Elija uno para toda la autoevaluación."),
        "self_assessment_begun": _("La autoevaluación de este ciclo ya comenzó."),
        "self_assessment_missing": _("Este ciclo todavía no tiene autoevaluación. Comiéncela primero."),
        "cycle_closed": _("El ciclo {number} terminó y ya no cambia. Trabaje en el ciclo abierto."),
        "in_future": _("La fecha no puede ser posterior a hoy. Corríjala."),
        "clauses_fixed": _(
            "Ambas partes firmaron el convenio y sus cláusulas ya no cambian. Si una firma se anotó por error, bórrela"
            " antes, mientras ninguna cláusula esté cumplida y la etapa siga abierta."
        ),
        "amendment_untold": _("Ambas partes firmaron el convenio. Escriba por qué se modifica."),
        "amendment_paper": _("Ambas partes firmaron el convenio. Suba el archivo que lo modifica."),
        "signature_stays": _(
            "La firma no se borra: hay cláusulas cumplidas o la etapa del convenio ya se cerró. Si la fecha está mal,"
            " escriba la correcta."
        ),
        "already_invited": _("{name} ya está invitada o ya participa. Búsquela en la lista de municipalidades."),
        "enrolled_elsewhere": _("{name} participa con otro organismo."),
        "answered": _("{who} ya respondió la invitación."),
        "reason_missing": _("Escriba la razón: queda en la historia."),
        "diagnosis_open": _("El diagnóstico todavía está abierto. La línea se confirma sobre un resultado cerrado."),
        "not_levelling": _("La línea confirmada de este ciclo no es nivelación."),
        "levelling_done": _("Esta actividad ya se hizo y queda como está."),
        "levelling_pending": _("Antes de repetir el diagnóstico, planifique las actividades de nivelación y hágalas."),
        "attendance_missing": _("Anote quiénes participaron."),
        "note_missing": _("Escriba cómo consta que se cumplió."),
        "clause_met": _("{who} ya anotó que esta cláusula se cumplió."),
        "act_missing": _("Escriba con qué acto se designa: por ejemplo, «Oficio N° 45»."),
        "counterpart_named": _("{name} ya es contraparte técnica. Elija a otra persona."),
        "counterparts_full": _("Ya hay dos contrapartes técnicas. Termine antes la designación de una de ellas."),
        "counterpart_ended": _("Esa designación ya terminó."),
        "ends_before_naming": _("Fue designada el {named_on:%d-%m-%Y}: no puede terminar antes."),
        "support_has_movements": _("Este apoyo tiene movimientos. Quite antes cada uno de ellos."),
        "above_amount": _(
            "Se habrían transferido ${came} y el apoyo es de ${amount}. Corrija el movimiento o el monto del apoyo."
        ),
        "overdrawn": _(
            "Al {day} se habría rendido más de lo transferido. Revise los montos y las fechas de los movimientos."
        ),
        "scores_missing": _("Todavía no hay puntajes de la autoevaluación. Termine antes la etapa 3."),
        "weights_not_whole": _("Los pesos suman {total} % y deben sumar 100 %. Corríjalos."),
        "not_offered": _("Esa metodología no está entre las ofrecidas para las brechas de este ciclo."),
        "not_valued": _("Para elegirla faltan valores. Complete los cuatro, de 1 a 5."),
        "not_feasible": _("Sólo se elige lo que se puede hacer en doce meses. Diga que sí se puede, o no la elija."),
        "without_gap": _("Nada de lo que esta metodología ayuda a subir tiene brecha. Elija otra."),
        "line_in_plan": _("Ya es la línea «{line}» del plan. Quite antes esa línea."),
        "plan_written": _("Este ciclo ya tiene su Plan de Mejoras."),
        "plan_missing": _("Este ciclo todavía no tiene líneas en su Plan de Mejoras. Créelo antes con lo elegido."),
        "plan_not_draft": _("El plan ya se envió o aprobó. Agregue la línea en las páginas del plan, con su razón."),
        "nothing_chosen": _("No hay metodologías elegidas que falten en el plan. Elija antes en la matriz."),
        "target_outside": _("El puntaje esperado va de 0 a {highest}. Corríjalo."),
        "target_unknown": _("«{element}» no está en el modelo de este ciclo."),
        "due_before_beginning": _("La fecha límite es anterior al comienzo. Corrija una de las dos."),
        "due_too_late": _(
            "Una acción inmediata dura hasta tres meses: a más tardar el {last:%d-%m-%Y}. Lo que dura más va en el"
            " plan."
        ),
        "immediate_done": _("Esta acción ya está hecha."),
        "done_before_beginning": _("Comenzó el {begins_on:%d-%m-%Y}: no pudo hacerse antes."),
        "outcome_missing": _("Escriba qué resultó."),
        "nobody_noted": _("Escriba los dos números de al menos una dirección."),
        "reach_known": _(
            "Otra persona ya anotó {department}. Deje aquí vacíos sus dos números; se corrigen en la página de la"
            " dirección."
        ),
        "more_than_staff": _("La dirección tiene {staff} personas: no se llega a más. Corrija uno de los números."),
        "reached_missing": _("Anote el puntaje alcanzado en todo lo que el plan quiere subir."),
        "cycle_left": _(
            "El ciclo {number} se retiró del programa y nada cambia en él hasta que la municipalidad lo retome, en la"
            " página del ciclo."
        ),
        "cycle_not_left": _("El ciclo {number} no se ha retirado: no hay nada que retomar ni que dejar sin terminar."),
        "process_ended": _("El ciclo {number} ya cerró todas sus etapas: no se retira. Comience el siguiente."),
        "diagnosis_settled": _(
            "La etapa «{stage}» ya se cerró con este resultado. Reábrala antes, con su razón, en la página del proceso."
        ),
        "declaration_settled": _(
            "La etapa «{stage}» ya se cerró con lo que se declaró. Reábrala antes, con su razón, en la página del"
            " proceso."
        ),
        "declaration_agreed": _(
            "Quienes validan ya acordaron los puntajes: la autoevaluación y su informe no cambian. Si algo está mal,"
            " escríbalo como observación al Informe de Retroalimentación."
        ),
        "declaration_firm": _("La validación quedó firme: la autoevaluación y su informe ya no cambian."),
        "diagnosis_behind": _(
            "El ciclo sigue en la línea de acreditación y su diagnóstico ya no cambia. Si la línea está mal, pida al"
            " organismo del programa que la corrija."
        ),
        "acta_current": _("El acta ya dice lo que se respondió, o falta que alguien revise lo que escribió en ella."),
        "acta_closed": _("El acta {folio} está cerrada. En la reunión, presione antes «Rectificar el acta»."),
        "meeting_far": _("Revise el año: el ciclo comenzó en {year}. Elija un día entre {first} y {last}."),
        "stages_open": _("El ciclo tiene etapas abiertas: {stages}. Ciérrelas antes."),
        "committee_exists": _("Este ciclo ya tiene su Comité de Mejora. Cambie a sus integrantes desde su página."),
        "counterparts_first": _(
            "Primero se designan las dos contrapartes técnicas, que después integran el comité. Hágalo en el ingreso al"
            " programa."
        ),
        "no_mayor": _(
            "Nadie tiene el rol de Alcaldía, y la alcaldía encabeza el comité. Pida a la administración que lo dé."
        ),
        "decree_missing": _("Escriba el número del decreto."),
        "secretary_elsewhere": _("Las actas las lleva una de las dos contrapartes técnicas. Elija a una de ellas."),
        "no_committee": _("Este ciclo todavía no tiene Comité de Mejora. Registre antes el decreto que lo nombra."),
        "plan_exists": _("«{title}» ya está empezado. Cámbielo desde su página."),
        "not_a_channel": _("Esa actividad no es un canal de la estrategia de este ciclo."),
        "nobody_reached": _("Elija al menos una dirección a la que llega este canal."),
        "method_departments": _("Elija al menos una dirección que participa."),
        "stage_without_method": _("De esta etapa no se declara una metodología. Elija una de las que vienen."),
        "launch_planned": _("El lanzamiento ya está planificado. Cambie su fecha en la reunión, o cancélela antes."),
        "practice_published": _("La práctica está publicada. Deje antes de publicarla."),
        "practice_unpublished": _("La práctica no está publicada."),
        "not_of_committee": _("Esa reunión no es del Comité de Mejora de este ciclo. Elija una de las suyas."),
        "year_in_future": _("El año no puede ser posterior al actual. Corríjalo."),
        "whole_missing": _("Escriba también la población total que contó la misma fuente."),
        "part_above_whole": _("La población rural no puede ser mayor que la población total. Corrija una de las dos."),
        "remarks_missing": _("Escriba sus observaciones; si no tiene, dígalo."),
        "contents_missing": _("El informe todavía no se puede enviar. Falta: {what}."),
        "review_missing": _("Todavía no se puede enviar. Falta: {what}."),
        "content_changed": _("Alguien cambió el contenido mientras usted lo enviaba. Revíselo y envíe de nuevo."),
        "plan_validated": _(
            "Quienes validan ya emitieron su informe sobre este plan: no se envía otra vez. Lo que cambie desde ahora"
            " va en una versión nueva, con su acto."
        ),
        "already_sent": _("Esto mismo ya se envió. Si hace falta otro envío, haga antes las correcciones."),
        "resend_reason_missing": _("Ya hubo un envío. Escriba qué cambió desde entonces."),
        "body_missing": _("Escriba a qué organismo se envía."),
        "letter_missing": _("Registre el número, la fecha y el archivo del oficio."),
        "validator_registered": _("Esa persona ya está en el registro de validadores."),
        "validator_dates": _("La formación no puede dejar de valer antes de haberse hecho. Corrija las fechas."),
        "validator_out_of_date": _("La formación de {name} valió hasta el {until:%d-%m-%Y}. Elija a otra persona."),
        "validator_not_of_body": _("{name} no es del registro del organismo que valida a esta municipalidad."),
        "validator_of_municipality": _("{name} tiene o tuvo un cargo en la municipalidad y no puede validarla."),
        "validator_of_consultancy": _("{name} es o fue de la consultoría de la municipalidad y no puede validarla."),
        "validator_assigned": _("{name} ya valida este ciclo."),
        "validators_settled": _(
            "Quienes validan ya acordaron sus puntajes y no se suma a nadie. Si alguien no puede seguir, presione"
            " «Reemplazar» y escriba por qué."
        ),
        "assignment_ended": _("Esa persona ya no valida este ciclo."),
        "already_declared": _("Usted ya declaró. Si algo cambió, avise al organismo que valida para que decida."),
        "declaration_missing": _("Escriba su declaración con sus palabras."),
        "not_acting": _("Sólo valida quien está asignado y declaró no tener conflictos de interés."),
        "nothing_declared": _("La municipalidad todavía no envía su autoevaluación."),
        "validation_begun": _("La revisión ya comenzó."),
        "validation_state": _("La validación está en «{state}». {then}"),
        "element_unknown": _("Esta versión del modelo no tiene esa ficha. Vuelva a cargar la página."),
        "marks_unfinished": _("Faltan {count} puntajes: {names}."),
        "marks_unexplained": _("Faltan el motivo y la explicación de {count} puntajes: {names}."),
        "marks_of_others": _("Falta que sellen sus puntajes: {names}."),
        "interview_planned": _("La entrevista ya está planificada."),
        "interview_not_minuted": _("Cierre antes el acta de la entrevista: ahí queda qué se aclaró."),
        "finding_missing": _("Faltan hallazgos en {count} subcriterios. Están marcados en la lista."),
        "finding_without_part": _("Esta versión del modelo no tiene ese subcriterio. Vuelva a cargar la página."),
        "summary_missing": _("Escriba antes la síntesis del informe."),
        "report_changed": _("El contenido cambió mientras se armaba el informe. Revíselo y emítalo de nuevo."),
        "observation_replied": _("Esta observación ya tiene respuesta."),
        "observations_open": _("Faltan {count} observaciones por responder."),
        "nothing_to_validate": _("La municipalidad todavía no envía su Plan de Mejoras."),
        "plan_validation_issued": _("El informe de validación del plan ya se emitió y no cambia."),
        "plan_not_under_way": _(
            "El plan todavía no se lleva a cabo: lo alcanzado se anota desde que comienza su ejecución."
        ),
        "target_not_above": _("Parte en {start}: lo que se espera debe ser más que eso."),
        "reached_sealed": _("Ya se anotó lo alcanzado: lo que se esperaba de cada línea no cambia."),
        "plan_changed": _(
            "El plan cambió después de que la municipalidad lo envió. Debe enviarlo de nuevo y quienes validan, leerlo"
            " otra vez."
        ),
        "plan_unread": _("Falta que terminen de leer el plan: {names}."),
        "conclusion_missing": _("Escriba antes la conclusión del informe."),
        "recommendation_missing": _("Escriba al menos una recomendación."),
        "validators_changed": _(
            "{names} validó la autoevaluación y no lee el plan. Sólo se reemplaza por fuerza mayor, y lo decide el"
            " organismo que valida."
        ),
        "force_majeure_missing": _("Escriba por qué es fuerza mayor."),
        "ends_before_assigned": _("Se asignó el {assigned_on:%d-%m-%Y}: no puede terminar antes."),
        "training_dates": _("El último día no puede ser anterior al primero. Corrija las fechas."),
        "training_two_days": _("La capacitación en el programa y la autoevaluación dura dos días. Corrija las fechas."),
        "not_taking_part": _("{name} no participa en el programa de este organismo."),
        "already_called": _("{name} ya está convocada."),
        "nobody_called": _("Convoque antes a una municipalidad: el material queda guardado para cada una."),
        "training_to_come": _("La capacitación comienza el {day:%d-%m-%Y}. La asistencia se anota desde ese día."),
        "levelling_visit": _("La nivelación se pide para la segunda o la cuarta visita."),
        "levelling_asked": _("La nivelación ya está pedida para esa visita."),
        "levelling_not_needed": _(
            "Están capacitadas {trained} de {members} personas del comité: la mitad o más. No hace falta nivelar."
        ),
        "contract_known": _("Ya hay una consultoría con ese número de contrato."),
        "contract_dates": _("El contrato comienza después de adjudicarse y termina después de comenzar. Corrija."),
        "contract_not_begun": _("El contrato comienza el {day:%d-%m-%Y}: no puede terminar antes."),
        "consultancy_ended": _("Esta consultoría ya terminó."),
        "consultant_known": _("{name} ya es de esta consultoría."),
        "consultant_validates": _("{name} valida o validó, y quien valida no es consultor. Elija a otra persona."),
        "covered_already": _("{name} ya tiene una consultoría. Termine antes la otra."),
        "nobody_covered": _("Agregue antes una municipalidad: el contrato queda guardado para cada una."),
        "no_consultancy": _("Usted no es de la consultoría que acompaña a esta municipalidad."),
        "no_such_visit": _("El proceso de este ciclo no tiene esa visita."),
        "agenda_missing": _("Escriba qué se tratará en la visita."),
        "visit_report_missing": _("Escriba qué se hizo y qué quedó acordado."),
        "validator_is_consultant": _("{name} es de una consultoría del programa, y quien es consultor no valida."),
        "not_enrolled": _("La municipalidad no participa en el programa: todavía no hay a quién preguntar."),
        "question_missing": _("Escriba de qué se trata y qué necesita saber."),
        "answer_missing": _("Escriba la respuesta."),
        "help_state": _("La consulta está {state} y eso ya no se puede hacer."),
        "not_of_agency": _("{name} no responde consultas en este organismo."),
        "line_not_accreditation": _(
            "Este ciclo no sigue la línea de acreditación. La confirma el organismo del programa, y después la"
            " municipalidad sigue en ese proceso."
        ),
        "line_followed": _("El ciclo ya sigue el proceso de la línea de acreditación."),
        "line_fixed": _("El ciclo ya terminó los pasos de la acreditación y su línea no cambia. Comience otro ciclo."),
        "no_accreditation_process": _(
            "No hay un proceso de acreditación vigente. Pida a quien administra la plataforma que lo cargue."
        ),
        "no_rules": _("No hay reglas de niveles vigentes. Pida a quien administra la plataforma que las cargue."),
        "service_known": _("«{name}» ya está entre los servicios presentados."),
        "service_has_points": _("Este servicio ya tiene puntos sellados. En vez de quitarlo, retírelo con una razón."),
        "service_withdrawn": _("Este servicio se retiró el {day:%d-%m-%Y} y queda como está."),
        "services_missing": _("Elija antes los servicios que se presentan."),
        "points_missing": _("Anote los puntos de cada servicio presentado; si no tiene, escriba 0."),
        "points_refused": "{why}",
        "points_meanwhile": _(
            "Otra persona selló puntos mientras usted escribía. Vuelva a cargar la página y revise los que quedaron."
        ),
        "points_undeclared": _("La municipalidad todavía no declara sus puntos."),
        "correction_reason": _("Ya hay puntos sellados, que no cambian. Escriba por qué se corrigen con otros."),
        "paper_missing": _("Escriba qué documento respalda los puntos."),
        "not_in_programme": _("La municipalidad no participa en el programa: no hay con quién compararla."),
        "sharing_same": _("Eso ya es lo que la municipalidad comparte. No hay nada que cambiar."),
        "nothing_to_publish": _(
            "Desde la última publicación no cambiaron al menos {smallest} municipalidades de una misma región. Publique"
            " cuando sean más: con menos se podría deducir el resultado de una."
        ),
        "recommendation_not_issued": _("Todavía no se emite el informe con las recomendaciones."),
        "recommendation_approved": _(
            "El plan ya se aprobó con esta recomendación acogida, y así queda. Si algo se hará de otro modo, escríbalo"
            " en la respuesta y cambie el plan con su razón."
        ),
    }
    fields = {
        "sharing_same": "sharing",
        "recommendation_approved": "is_taken",
        "service_known": "name",
        "correction_reason": "reason",
        "paper_missing": "paper",
        "not_of_committee": "meeting",
        "year_in_future": "year",
        "whole_missing": "whole",
        "part_above_whole": "value",
        "remarks_missing": "remarks",
        "resend_reason_missing": "reason",
        "body_missing": "to",
        "model_unchosen": "version",
        "mode_unchosen": "version",
        "training_dates": "ends_on",
        "training_two_days": "ends_on",
        "not_taking_part": "municipality",
        "already_called": "municipality",
        "nobody_called": "paper",
        "contract_known": "contract_number",
        "contract_dates": "starts_on",
        "consultant_known": "email",
        "consultant_validates": "email",
        "validator_is_consultant": "email",
        "covered_already": "municipality",
        "nobody_covered": "paper",
        "agenda_missing": "agenda",
        "visit_report_missing": "report",
        "question_missing": "words",
        "answer_missing": "words",
        "not_of_agency": "user",
        "validator_registered": "user",
        "validator_dates": "valid_until",
        "validator_out_of_date": "validator",
        "validator_not_of_body": "validator",
        "validator_of_municipality": "validator",
        "validator_of_consultancy": "validator",
        "validator_assigned": "validator",
        "declaration_missing": "declaration",
        "force_majeure_missing": "reason",
        "ends_before_assigned": "on",
        "not_valued": "is_chosen",
        "not_feasible": "is_feasible",
        "without_gap": "is_chosen",
        "line_in_plan": "is_chosen",
        "due_before_beginning": "due_on",
        "due_too_late": "due_on",
        "done_before_beginning": "done_on",
        "outcome_missing": "note",
        "more_than_staff": "reached",
        "note_missing": "met_note",
        "amendment_untold": "reason",
        "amendment_paper": "paper",
        "attendance_missing": "attendance",
        "reason_missing": "reason",
        "meeting_far": "day",
        "act_missing": "act",
        "counterpart_named": "user",
        "ends_before_naming": "ended_on",
        "decree_missing": "number",
        "secretary_elsewhere": "secretary",
        "nobody_reached": "departments",
        "method_departments": "departments",
    }
