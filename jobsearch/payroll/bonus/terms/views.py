"""Pages of a programme's bonus rules."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.payroll.bonus.terms import queries, service
from jobsearch.payroll.bonus.terms.forms import EndRuleForm, RuleForm
from jobsearch.payroll.bonus.terms.rules import PROOF_NAMES
from jobsearch.payroll.bonus.wording import say_event
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("payroll_bonus_rules", __name__)
_WORDS: dict[str, Any] = {"say_event": say_event, "proof_names": PROOF_NAMES}


@blueprint.get("/programmes/<key:programme_id>/bonus-rules")
@needs(Permission.PAYROLL_BONUS)
def list_rules(programme_id: str) -> ResponseReturnValue:
    """What the programme pays a bonus for, now and before."""
    shown = queries.show_rules(programme_id)
    form = RuleForm(formdata=None)
    return render("payroll_bonus/list_rules.html", shown=shown, form=form, **_WORDS)


@blueprint.post("/programmes/<key:programme_id>/bonus-rules")
@needs(Permission.PROGRAMMES_WRITE)
def add_rule(programme_id: str) -> ResponseReturnValue:
    """A rule from a day on."""
    form, actor = RuleForm(), current_actor()
    shown = queries.show_rules(programme_id)

    def add() -> object:
        first: Any = form.valid_from.data
        return service.add_rule(actor, programme_id, form.terms(), first)

    if not form.attempt(add):
        return render_invalid("payroll_bonus/list_rules.html", shown=shown, form=form, **_WORDS)
    flash(_("The rule is kept. It holds for employments that begin on that day or later."))
    return see_other("payroll_bonus_rules.list_rules", programme_id=programme_id)


@blueprint.get("/bonus-rules/<key:bonus_rule_id>/end")
@needs(Permission.PROGRAMMES_WRITE)
def ask_end(bonus_rule_id: str) -> ResponseReturnValue:
    """Ask until when the rule holds."""
    rule = queries.get_rule(bonus_rule_id)
    form = EndRuleForm(formdata=None, obj=rule)
    return render("payroll_bonus/end_rule.html", rule=rule, form=form, **_WORDS)


@blueprint.post("/bonus-rules/<key:bonus_rule_id>/end")
@needs(Permission.PROGRAMMES_WRITE)
def end_rule(bonus_rule_id: str) -> ResponseReturnValue:
    """End it."""
    form, rule = EndRuleForm(), queries.get_rule(bonus_rule_id)

    def end() -> object:
        last: Any = form.valid_to.data
        return service.end_rule(bonus_rule_id, form.seen(), last)

    if not form.attempt(end):
        return render_invalid("payroll_bonus/end_rule.html", rule=rule, form=form, **_WORDS)
    flash(_("The rule ends. Signed contracts keep what they promise."))
    return see_other("payroll_bonus_rules.list_rules", programme_id=rule.programme_id)
