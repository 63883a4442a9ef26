"""Every sentence of the house is there in Finnish and Swedish, with its gaps."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2] / "jobsearch"
METHODS = [("**.py", "scripts.marks:extract"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "_l": None, "N_": None, "mark": None, "gettext": None, "ngettext": (1, 2)}
GAP = re.compile(r"%\((\w+)\)[sd]")


def _sentences() -> Catalog:
    catalog = Catalog()
    options = {"templates/**.html": {"silent": "false", "trimmed": "true"}}
    found = extract_from_dir(ROOT, METHODS, options_map=options, keywords=KEYWORDS)
    for _file, _line, message, _comments, context in found:
        catalog.add(message, context=context)
    return catalog


SENTENCES = _sentences()


def _forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [])


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_catalogue_is_complete(language: str) -> None:
    file = ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as opened:
        catalogue = read_po(opened, locale=language)
    assert not catalogue.header_comment.startswith("#, fuzzy")
    problems = []
    for sentence in SENTENCES:
        source = _forms(sentence.id)
        if not source or not source[0]:
            continue
        translated = catalogue.get(source[0], sentence.context)
        if translated is None or translated.fuzzy or not all(_forms(translated.string)):
            problems.append(f"missing: {source[0]}")
            continue
        for form in _forms(translated.string):
            allowed = set().union(*(GAP.findall(text) for text in source))
            if set(GAP.findall(form)) - allowed or (
                len(source) == 1 and set(GAP.findall(form)) != set(GAP.findall(source[0]))
            ):
                problems.append(f"gaps: {source[0]}")
    assert problems == [], f"{len(problems)} sentences"


def _said_in(language: str) -> dict[str, list[str]]:
    file = ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as opened:
        catalogue = read_po(opened, locale=language)
    return {_forms(m.id)[0]: _forms(m.string) for m in catalogue if m.id}


def test_no_sentence_is_the_same_in_two_languages() -> None:
    """One language's words under another's name look complete; single words may well be alike."""
    finnish, swedish = _said_in("fi"), _said_in("sv")
    alike = []
    for english, said in finnish.items():
        sentences = [english, said[0], swedish[english][0]]
        if len(re.findall(r"[^\W\d_]{2,}", re.sub(r"%\(\w+\)[sd]", "", said[0]))) >= 2:
            alike += [english] if len(set(sentences)) < 3 else []
    assert alike == []


@pytest.mark.parametrize(("language", "other"), [("fi", "osallistuj"), ("sv", "deltagar")])
def test_who_looks_for_work_is_called_as_the_table_of_words_calls_her(
    language: str, other: str
) -> None:
    """One idea, one word (docs/words.md): työnhakija, arbetssökande."""
    said = _said_in(language)
    assert [text for texts in said.values() for text in texts if other in text.lower()] == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_catalogue_has_nothing_that_nobody_says(language: str) -> None:
    file = ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as opened:
        catalogue = read_po(opened, locale=language)
    said = {_forms(sentence.id)[0] for sentence in SENTENCES if sentence.id}
    assert [m.id for m in catalogue if m.id and _forms(m.id)[0] not in said] == []
