"""Why a backup is not made or not restored, in words."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError

WITHOUT_KEYS = _(
    "El respaldo no incluye el archivo de claves. Sin el archivo de claves los datos personales no se pueden "
    "recuperar: guárdelo aparte, en otro lugar que este respaldo."
)


class BackupError(DomainError):
    sentences = {
        "exists": _("Ya existe {path}. No se reemplaza: elija otro nombre o una carpeta."),
        "no_folder": _("No existe la carpeta {path}. Créela, o escriba otra."),
        "keys_need_a_place": _(
            "Las claves no se guardan junto a los datos que abren. Diga dónde: --with-keys RUTA, en otro equipo."
        ),
        "keys_beside_data": _(
            "{path} está en la misma carpeta que el respaldo. Quien lo encontrara podría leerlo todo: elija otro lugar "
            "para las claves."
        ),
        "in_memory": _("Esta base de datos vive en la memoria: no hay nada que respaldar ni dónde restaurar."),
        "tool_missing": _(
            "Falta el programa {tool}. Instale las herramientas de PostgreSQL, de la versión del servidor o posterior: "
            "apt-get install postgresql-client."
        ),
        "tool_failed": _("{tool} no terminó bien; no se cambió nada. Dijo: {said}"),
        "unreadable": _("{path} no es un respaldo de Cabildo, o está incompleto. Pruebe con otra copia."),
        "damaged": _("El respaldo está dañado: «{name}» no es el archivo que se guardó. No se cambió nada."),
        "newer_format": _("Este respaldo lo hizo una versión posterior de Cabildo. Actualice el programa primero."),
        "newer_schema": _(
            "La base respaldada tiene cambios que esta versión no conoce ({migrations}). Actualice el programa primero."
        ),
        "other_engine": _("El respaldo es de {engine} y DATABASE_URL apunta a {target}. Use el mismo tipo de base."),
        "not_empty": _(
            "Aquí ya hay datos ({what}). Para reemplazarlos agregue --force; los archivos actuales quedarán al lado."
        ),
        "files_are_a_mount": _(
            "{path} es un punto de montaje y no se puede cambiar por otro. Ponga CABILDO_FILES_DIR en una carpeta "
            "dentro."
        ),
        "in_use": _("Otro proceso usa la base de datos. Detenga cabildo-web y cabildo-worker, y pruebe otra vez."),
        "key_missing": _(
            "El archivo de claves no tiene la clave «{key_id}», con la que se cifraron datos de este respaldo. Sin "
            "ella no se pueden recuperar: ponga el archivo de claves que le corresponde."
        ),
        "key_differs": _(
            "La clave «{key_id}» del archivo de claves no es la de este respaldo, aunque se llama igual. Ponga el "
            "archivo de claves que le corresponde."
        ),
        "counts_differ": _("La tabla {table} quedó con {found} filas y el respaldo dice {expected}."),
    }
