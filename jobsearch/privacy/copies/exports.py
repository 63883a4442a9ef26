"""The archive of a copy: data.json, data.pdf, the documents, who has looked, and how to read it."""

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from flask_babel import force_locale
from flask_babel import gettext as _

from jobsearch.core import files
from jobsearch.core.clock import local
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.sheets import Cell, to_csv
from jobsearch.privacy.copies.gathering import Field, Gathered, Table
from jobsearch.privacy.copies.pdf import copy_pdf
from jobsearch.privacy.copies.rules import as_plain
from jobsearch.privacy.copies.values import in_words
from jobsearch.web.formats import LOCALES, moment

MEDIA_TYPE = "application/zip"


def write_archive(out: IO[bytes], all_: Gathered) -> None:
    """Write the archive of what was gathered; one document is held at a time."""
    made = local(all_.made_at, all_.zone)
    with zipfile.ZipFile(out, "w") as archive:
        with force_locale(LOCALES[all_.language]):
            _put(archive, made, "README.txt", _readme(all_).encode())
            _put(archive, made, "who-looked.csv", _looks(all_))
            _put(archive, made, "data.json", as_json(all_).encode())
        _put(archive, made, "data.pdf", copy_pdf(all_))
        # only from here on is the database asked again
        for one in all_.documents:
            if one.is_packed:
                _document(archive, made, one.file_id, f"documents/{one.name}")


def _document(archive: zipfile.ZipFile, made: datetime, file_id: str, name: str) -> None:
    try:
        file = files.get(file_id)
    except NotVisible:
        return  # the bytes are gone or broken; the row in data.json still says what it was
    _put(archive, made, name, file.content)
    db.session.expunge(file)


def _put(archive: zipfile.ZipFile, made: datetime, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, made.timetuple()[:6])
    is_text = name.endswith((".json", ".txt", ".csv"))  # papers and photos are packed already
    info.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    archive.writestr(info, content)


def as_json(all_: Gathered) -> str:
    """Everything, by table, with what each field means in her language; for a computer."""
    whole = {
        "made_at": as_plain(all_.made_at, all_.zone),
        "about": all_.name,
        "kept_by": all_.provider,
        "tables": {table.key: _table(table, all_.zone) for table in all_.tables},
        "documents": {
            f"documents/{one.name}": "in the copy" if one.is_packed else "too large: ask for it"
            for one in all_.documents
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _described(one: Field) -> dict[str, str]:
    """What a field is called, and the mark of its column, in her language."""
    mark = {key: str(_(words)) for key, words in one.mark.items() if words}
    return {"name": str(_(one.name)) if one.name else one.key, **mark}


def _table(table: Table, zone: str) -> dict[str, Any]:
    return {
        "what": _(table.title),
        "fields": {one.key: _described(one) for one in table.fields},
        "older_rows_left_off": table.left_off,
        "rows": [as_plain(row, zone) for row in table.rows],
    }


def _looks(all_: Gathered) -> bytes:
    heads = [_("When"), _("Role"), _("What of mine"), _("Was refused")]
    return to_csv(heads, list(_look_rows(all_)))


def _look_rows(all_: Gathered) -> Iterator[list[Cell]]:
    for row in reversed(all_.rows_of("access_entry")):
        words = {key: in_words(key, row[key], all_.language, all_.zone) for key in ("role", "what")}
        when = moment(row["at"], all_.language, all_.zone)
        yield [when, words["role"], words["what"], _("Yes") if row["refused"] else ""]


def _readme(all_: Gathered) -> str:
    lines = [
        _(
            "Everything about %(name)s, kept by %(provider)s.",
            name=all_.name,
            provider=all_.provider,
        ),
        _("Made %(when)s.", when=moment(all_.made_at, all_.language, all_.zone)),
        "",
        _("data.pdf: to read. The newest rows of each kind, area by area."),
        _("data.json: for a computer. Every row and field, with what it is for and how long kept."),
        _("documents: your contracts, payslips, certificates and files, each of them once."),
        _("who-looked.csv: who has looked at what of yours, by role. It opens in a spreadsheet."),
        "",
        _("Nothing of other people is in it. The staff stand in it by their roles."),
        _("Passwords and keys are kept so that nobody can read them, and are not in it."),
        _("If something is wrong, ask for a correction on the page My data."),
        _("You can complain to the Data Protection Ombudsman: tietosuoja.fi."),
    ]
    missing = [one.name for one in all_.documents if not one.is_packed]
    if missing:
        lines += ["", _("These files were too large. Ask for them:"), *missing]
    return "\r\n".join(lines) + "\r\n"
