"""The gate over the whole URL map."""

import re

import pytest
from flask import Flask

from jobsearch.core.access import GRANTS, Permission, Role

PUBLIC = {
    "accounts.choose_language",
    "accounts.choose_theme",
    "accounts.sign_in",
    "codes.ask_for_code",
    "codes.enter_code",
    "codes.open_link",
    "codes.sign_in_by_link",
    "codes.sign_in_with_code",
    "desk.front",
    "health.check",
    "health.report",
    "health.show_metrics",
    "notices.outbox",
    "notices.take_reports",
    "oidc.ask_organisation",
    "oidc.come_back",
    "oidc.find_organisation",
    "oidc.leave",
    "oidc.set_out",
    "oidc.show_return",
    "open_results.show",
    "recovery.confirm_email",
    "recovery.forgotten_password",
    "recovery.link_sent",
    "recovery.new_email",
    "recovery.new_password",
    "recovery.send_link",
    "recovery.set_password",
    "recruitment_expectations.advise_on",
    "recruitment_expectations.self_check",
    "recruitment_expectations.show",
    "staff.ask_passkey",
    "staff.check_password",
    "staff.finish_by_code",
    "staff.second_step",
    "staff.sign_in",
    "staff.sign_in_by_passkey",
}


def _endpoints(app: Flask) -> dict[str, object]:
    return {name: view for name, view in app.view_functions.items() if name != "static"}


def test_every_endpoint_names_its_permission_or_is_on_the_public_list(app) -> None:
    nameless = [name for name, view in _endpoints(app).items() if not hasattr(view, "gate")]
    assert nameless == []
    public = {
        name
        for name, view in _endpoints(app).items()
        if view.gate is None and not hasattr(view, "link_purpose")
    }
    assert public == PUBLIC


def test_an_address_has_the_secret_of_a_link_exactly_where_it_is_open_by_link(app) -> None:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        by_link = hasattr(view, "link_purpose")
        assert by_link is ("link_secret" in rule.arguments), rule.rule


def test_an_endpoint_without_a_gate_is_refused(app, sign_in, world) -> None:
    other = Flask("other")
    assert other  # the real application cannot take another address after its first request
    app.view_functions["health.check"].gate, kept = (), app.view_functions["health.check"].gate
    try:
        del app.view_functions["health.check"].gate
        assert sign_in(world.aino).get("/health").status_code == 403
    finally:
        app.view_functions["health.check"].gate = kept


def test_every_permission_is_asked_for_and_granted(app) -> None:
    asked = {view.gate for view in _endpoints(app).values()} - {None}
    granted = set().union(*GRANTS.values())
    assert set(Permission) - granted == set()
    assert asked <= granted
    assert set(Permission) - asked == set()


def test_the_operator_is_granted_nothing_about_participants() -> None:
    about = re.compile(
        r"^((accounts|desk|jobs|organisations|rates):|notices:state:|audit:trail:|privacy:break_glass:)"
    )
    assert all(about.match(permission) for permission in GRANTS[Role.OPERATOR])


def test_a_clerk_never_approves_and_a_manager_never_makes_a_pay_run() -> None:
    assert Permission.PAYROLL_APPROVE not in GRANTS[Role.PAYROLL_CLERK]
    assert Permission.PAYROLL_WRITE not in GRANTS[Role.MANAGER]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.PAYROLL_CLERK, Role.OPERATOR])
def test_only_coach_participant_and_recipient_open_an_analysis(role: Role) -> None:
    assert not {Permission.ANALYSES_WRITE, Permission.ANALYSES_DECIDE} & GRANTS[role]


def test_addresses_are_in_kebab_case_and_keys_are_typed(app) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        bare = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.-]*", bare), rule.rule
        for kind, _name in re.findall(r"<(?:(\w+):)?(\w+)>", rule.rule):
            assert kind in ("key", "int") or _name in (
                "secret",
                "sheet",
                "link_secret",
                "activity",
                "key",
                "code",
                "kind",
                "section",
                "language",
            ), rule.rule


def test_templates_compile_and_define_title_and_main(app) -> None:
    for name in app.jinja_env.list_templates():
        source = app.jinja_env.loader.get_source(app.jinja_env, name)[0]
        app.jinja_env.compile(source)
        page = name.split("/")[-1]
        if page.startswith("_") or name.startswith(("ui/", "mail/")) or name == "layout.html":
            continue
        assert "block title" in source, name
        assert "block main" in source or "block door" in source, name
        assert "style=" not in source, name


def test_every_post_form_is_written_by_its_macro(app) -> None:
    for name in app.jinja_env.list_templates():
        if name != "ui/forms.html":
            source = app.jinja_env.loader.get_source(app.jinja_env, name)[0]
            assert not re.search(r"<form[^>]*method=.post", source), name
