"""What documents refuses, in words: which file, what was expected, what to do."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class DocumentsError(DomainError):
    is_about_a_file = True
    sentences = {
        "empty": _("«{name}» está vacío. Compruebe que el archivo se abre y elíjalo de nuevo."),
        "too_large": _(
            "«{name}» pesa más de {limit} MB, que es lo máximo permitido. Redúzcalo o divídalo y envíelo otra vez."
        ),
        "type_refused": _(
            "«{name}» no es de un tipo permitido ({found}). Se aceptan fotos (JPEG, PNG, WebP), PDF, Word (DOCX), "
            "Excel (XLSX), ODT, TXT y CSV. Guárdelo en uno de esos formatos y envíelo otra vez."
        ),
        "heic": _(
            "«{name}» es una foto en formato HEIC, que muchos computadores no abren. Envíela como JPEG: en el iPhone, "
            "elija Ajustes, Cámara, Formatos, «El más compatible»; o envíe una captura de pantalla de la foto."
        ),
        "old_office": _(
            "«{name}» es de una versión antigua de Word o Excel, o tiene contraseña. Ábralo, elija «Guardar como» "
            "DOCX, XLSX o PDF sin contraseña, y envíelo otra vez."
        ),
        "macros": _(
            "«{name}» contiene macros o programas, que no se reciben por seguridad. Guárdelo sin macros o como PDF y "
            "envíelo otra vez."
        ),
        "bomb": _(
            "«{name}» se vuelve demasiado grande al abrirlo. Envíe una versión más pequeña: una imagen de menos de "
            "{megapixels} megapíxeles o un documento de menos de {unpacked} MB sin comprimir."
        ),
        "mixed": _(
            "«{name}» esconde otros datos dentro, por lo que no se recibe. Abra el documento, guárdelo de nuevo y "
            "envíe esa copia."
        ),
        "unreadable": _("«{name}» está dañado y no se puede leer. Compruebe que se abre y envíe otra copia."),
        "locked": _("«{name}» pide contraseña para abrirse. Guárdelo sin contraseña y envíelo otra vez."),
        "not_pdf": _("«{name}» no es un PDF. Elija el archivo PDF del documento y envíelo otra vez."),
        "signature_missing": _("«{name}» no tiene firma electrónica. Firme el PDF y súbalo otra vez."),
        "signature_invalid": _(
            "La firma de «{name}» no es válida: el archivo cambió después de firmarse. Firme de nuevo el PDF original."
        ),
        "not_handed_out": _(
            "«{name}» no corresponde al documento entregado para firmar. Descargue la copia de esta página, fírmela "
            "sin cambiarla y súbala."
        ),
        "already_sealed": _("El documento {document} ya fue firmado. Emita uno nuevo si debe corregirlo."),
        "signer_unknown": _("La forma de firmar «{name}» no existe. Elija una de la lista."),
        "signer_off": _("La firma con {name} no está activada en esta instalación. Pida activarla o elija otra forma."),
        "signer_failed": _(
            "{name} no pudo firmar el documento ({detail}). Inténtelo más tarde o elija otra forma de firmar."
        ),
        "owner_unknown": _("Los archivos de «{owner_type}» no tienen dueño registrado."),
    }
