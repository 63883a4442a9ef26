"""What docs/operating.md tells is what the program and its scripts know."""

import itertools
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from jobsearch.config import Config, ConfigRefused
from jobsearch.core.tokens import new_key, new_secret
from scripts.plan import WEB_SERVER

ROOT = Path(__file__).resolve().parents[2]
Operate = Callable[..., subprocess.CompletedProcess[str]]
TOLD = (ROOT / "docs" / "operating.md").read_text()


def _read_by_the_program() -> set[str]:
    """The names of settings, as config.py spells them or puts them together."""
    code = (ROOT / "jobsearch" / "config.py").read_text()
    whole = set(re.findall(r'"(JOBSEARCH_[A-Z_]+)"', code))
    parts = set(re.findall(r'_(?:sms|texts|object|secret)\("([A-Z_]+)"', code))
    return whole | {f"JOBSEARCH_SMS_{name}" for name in parts}


def test_the_table_lists_exactly_the_settings_of_the_program() -> None:
    read = _read_by_the_program()
    assert len(read) > 20
    listed = set(re.findall(r"^\| `(JOBSEARCH_[A-Z_]+)` \|", TOLD, re.MULTILINE))
    assert listed == read


def test_the_table_tells_the_defaults_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _read_by_the_program():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JOBSEARCH_MODE", "test")
    config = Config.from_environment()
    told = dict(re.findall(r"^\| `JOBSEARCH_([A-Z_]+)` \| `(.+?)` \|", TOLD, re.MULTILINE))
    sms = config.sms
    known = {
        "MODE": "production",
        "INSTANCE": config.instance.name,
        "BASE_URL": config.base_url,
        "PROXIES": str(config.proxies),
        "MAIL_FROM": config.mail_from,
        "FILES_MB": str(config.files_mb),
        "SMS_METHOD": sms.method,
        "SMS_HEADERS": json.dumps(dict(sms.headers)),
        "SMS_FIELDS": sms.fields,
        "SMS_FORMAT": "form" if sms.form else "json",
        "SMS_ID_HEADER": sms.id_header,
        "SMS_ID_FIELD": sms.id_field,
        "SMS_REPORT_HEADER": sms.report_header,
        "SMS_REPORT_ID": sms.report_id,
        "SMS_REPORT_STATE": sms.report_state,
        "SMS_REPORT_DELIVERED": ",".join(sms.delivered),
    }
    refused = told.pop("SMS_REPORT_REFUSED").split(",")
    assert (told, set(refused)) == (known, sms.refused)
    monkeypatch.delenv("JOBSEARCH_MODE")
    with pytest.raises(ConfigRefused, match="Production"):
        Config.from_environment()


EXAMPLES = ROOT / "docs" / "examples"
UNITS = sorted([*EXAMPLES.glob("*.service"), *EXAMPLES.glob("*.timer")])


def _orders(unit: Path) -> list[str]:
    return re.findall(r"^ExecStart=(.+)$", unit.read_text(), re.MULTILINE)


def test_the_page_names_every_example_and_nothing_else() -> None:
    named = set(re.findall(r"`([\w.-]+\.(?:service|timer|conf|env)|Caddyfile)`", TOLD))
    assert named - {"postgresql.conf"} == {file.name for file in EXAMPLES.iterdir()}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = re.sub(r"(?m)^(ExecStart=)/srv/jobsearch/\S+", r"\1/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(re.sub(r"(?m)^User=.*$", "User=root", text))
    names = [str(tmp_path / unit.name) for unit in UNITS]
    order = ["systemd-analyze", "verify", "--man=no", *names]
    done = subprocess.run(order, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "jobsearch" in line]
    assert (done.returncode, ours) == (0, [])


def test_the_units_start_what_is_there() -> None:
    orders = [order.split() for unit in UNITS for order in _orders(unit)]
    assert len(orders) == 3
    for program, *words in orders:
        part = Path(program).relative_to("/srv/jobsearch")
        assert part.parts[0] == ".venv" or (ROOT / part).exists()
        if "-m" in words:
            module = words[words.index("-m") + 1].replace(".", "/")
            assert (ROOT / f"{module}.py").exists()


def test_the_web_unit_is_the_web_server_that_is_tested() -> None:
    (order,) = _orders(EXAMPLES / "jobsearch-web.service")
    words = order.split()
    usual = dict(itertools.pairwise(WEB_SERVER))
    for option in (word for word in WEB_SERVER if word.startswith("--")):
        assert option in words
        value = usual.get(option, "--")
        if not value.startswith("--") and option != "--graceful-timeout":
            assert words[words.index(option) + 1] == value, option


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_the_proxies_are_whole_and_lead_to_the_web_server(name: str) -> None:
    text = (EXAMPLES / name).read_text()
    assert text.count("{") == text.count("}")
    assert "127.0.0.1:8000" in text
    (unit,) = _orders(EXAMPLES / "jobsearch-web.service")
    assert "--bind 127.0.0.1:8000" in unit
    (most,) = re.findall(r"(?:client_max_body_size|max_size) (\d+)", text)
    assert int(most) > 12  # what the program takes, so that it can say it itself


def test_nginx_believes_nothing_that_a_stranger_says_of_herself() -> None:
    text = (EXAMPLES / "nginx.conf").read_text()
    for header in ("For $remote_addr", "Proto https", "Host $host"):
        assert f"proxy_set_header X-Forwarded-{header};" in text
    assert "proxy_add_x_forwarded_for" not in text


def test_nginx_writes_down_no_personal_link(app: Flask) -> None:
    text = (EXAMPLES / "nginx.conf").read_text()
    ((pattern, shown),) = re.findall(r'"~(\^.+)" "(.+)";', text)
    masks = re.compile(pattern.replace("(?<", "(?P<"))
    secret = new_secret()
    rules = [rule.rule for rule in app.url_map.iter_rules() if "secret>" in rule.rule]
    assert len(rules) > 5
    for rule in rules:
        address = re.sub(r"<key:[^>]+>", new_key(), rule)
        address = re.sub(r"<[^>]+>", secret, address)
        found = masks.search(address)
        assert found, address
        named = {name: value or "" for name, value in found.groupdict().items()}
        assert secret not in re.sub(r"\$(\w+)", lambda gap, named=named: named[gap[1]], shown)


def test_each_server_of_nginx_leaves_addresses_out_of_its_own_logs() -> None:
    text = (EXAMPLES / "nginx.conf").read_text()
    for server in text.split("\nserver {")[1:]:
        assert re.search(r"access_log (off|\S+ jobsearch);", server)
        assert re.search(r"error_log \S+ crit;", server)  # milder lines quote the request


def test_caddy_leaves_addresses_out_of_its_log() -> None:
    assert "exclude http.log.error" in (EXAMPLES / "Caddyfile").read_text()


def test_the_settings_of_the_example_are_settings_of_the_program() -> None:
    lines = (EXAMPLES / "jobsearch.env").read_text().splitlines()
    names = {line.partition("=")[0] for line in lines if not line.startswith("#")}
    assert names <= _read_by_the_program()


@pytest.mark.parametrize("script", ["backup", "restore"])
def test_the_help_tells_what_the_page_uses(script: str) -> None:
    done = subprocess.run(
        ["bash", ROOT / "scripts" / script, "--help"], capture_output=True, text=True, check=True
    )
    used = set(re.findall(rf"scripts/{script}\b[^\n`]*?(--[a-z]+)", TOLD))
    assert used, script
    assert not [option for option in used if option not in done.stdout]


def test_every_command_of_the_page_is_one_of_the_program(app) -> None:
    used = re.findall(r"flask --app wsgi (keys|accounts|audit) ([a-z-]+)", TOLD)
    assert len(used) >= 6
    for group, command in used:
        assert command in app.cli.commands[group].commands


@pytest.fixture
def operate(tmp_path: Path) -> Operate:
    """Runs the operator's program as scripts/backup does: from another folder, in the demo."""

    def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        instance = str(tmp_path / "instance")
        usual = {"JOBSEARCH_MODE": "demo", "JOBSEARCH_INSTANCE": instance, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            [sys.executable, "-m", "jobsearch.operating", *words],
            env={"PATH": "/usr/bin:/bin", **usual, **settings},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def _sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("words", "settings", "told"),
    [
        (["save", "kept"], {}, "There is no database"),
        (["save", "kept"], {"JOBSEARCH_MODE": "production"}, "Production is served over https"),
        (["save", "kept"], {"JOBSEARCH_BACKUP_TO": "age1wrong"}, "no age recipient"),
        (["restore", "none.backup.age"], {}, "The key file"),
        (["check", "none.backup.age"], {}, "There is no key file"),
        (
            ["save", "kept"],
            {"JOBSEARCH_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"},
            "The database does not answer",
        ),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    operate: Operate, tmp_path: Path, words: list[str], settings: dict[str, str], told: str
) -> None:
    (tmp_path / "instance").mkdir()
    assert told in _sentence(operate(*words, **settings))


def test_a_folder_is_the_one_that_the_caller_means(operate: Operate, tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    instance.mkdir()
    with closing(sqlite3.connect(instance / "jobsearch.db")) as database:
        database.execute("CREATE TABLE one (id INTEGER)")
    done = operate("save", "kept")
    assert done.returncode == 0, done.stderr
    (file,) = (tmp_path / "kept").iterdir()
    assert str(file) in done.stdout
    checked = operate("check", f"kept/{file.name}")
    assert "Whole: 0 rows in 1 tables of sqlite" in checked.stdout, checked.stderr
    refused = operate("restore", f"kept/{file.name}")
    assert "python -m jobsearch.keys" in _sentence(refused)
