"""The archive that a participant takes home: a workbook, a summary on paper, and her documents."""

import io
import zipfile

from flask_babel import gettext as _

from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.sheets import to_workbook
from jobsearch.desk.seen_by.exports import seen_sheets
from jobsearch.desk.takeaway.everything import Everything, gather
from jobsearch.desk.takeaway.pdf import summary_pdf
from jobsearch.desk.takeaway.rules import archive_name, unique_names
from jobsearch.desk.takeaway.sheets import sheets_of

MEDIA_TYPE = "application/zip"


def archive_of(actor: Actor) -> tuple[bytes, str]:
    """The archive and its name. Its size is bounded by what a person may keep here.

    Raises NotVisible for who has nothing of her own here.
    """
    all_ = gather(actor)
    out = io.BytesIO()
    # what is inside is packed already, so it is only put together
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        sheets = [*sheets_of(all_), *seen_sheets(actor)]
        _put(archive, all_, _("Job search.xlsx"), to_workbook(sheets))
        _put(archive, all_, _("Summary.pdf"), summary_pdf(all_))
        current = [one for one in all_.versions if one.is_current]
        folder = _("Documents")
        names = unique_names(one.name for one in current)
        for one, name in zip(current, names, strict=True):
            file = files.get(one.file_id)
            _put(archive, all_, f"{folder}/{name}", file.content)
            db.session.expunge(file)  # one file at a time is held
    return out.getvalue(), archive_name(all_.as_of)


def _put(archive: zipfile.ZipFile, all_: Everything, name: str, content: bytes) -> None:
    day = all_.as_of
    info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0))
    info.external_attr = 0o644 << 16
    archive.writestr(info, content)
