"""Pages of a manager: her organisation's own sign-in."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.accounts.oidc.browser import allow_here, way_back
from jobsearch.accounts.oidc.queries import get_provider
from jobsearch.accounts.oidc.rules import SecondFactor
from jobsearch.accounts.providers import queries, service
from jobsearch.accounts.providers.forms import ProviderForm, RequireForm, VersionForm
from jobsearch.core.access import Permission
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import at_most, network
from jobsearch.web.pages import flash, page_number, render, see_other

blueprint = Blueprint("providers", __name__)
_LIST = "providers.list_providers"
_ONE = "providers.show_provider"


@blueprint.get("/settings/sign-in")
@needs(Permission.ACCOUNTS_PROVIDERS)
def list_providers() -> str:
    """The organisation's providers, and how staff sign in without one."""
    providers = queries.list_providers(current_actor().organisation_id)
    ties = queries.count_ties([provider.id for provider in providers])
    return render("accounts/list_providers.html", providers=providers, ties=ties)


@blueprint.get("/settings/sign-in/new")
@needs(Permission.ACCOUNTS_PROVIDERS)
def new_provider() -> str:
    """A form for a provider."""
    return render(
        "accounts/edit_provider.html", form=ProviderForm(), provider=None, back=way_back()
    )


@blueprint.post("/settings/sign-in/new")
@needs(Permission.ACCOUNTS_PROVIDERS, fresh=True)
def add_provider() -> ResponseReturnValue:
    """Enter a provider."""
    form = ProviderForm()
    values = (current_actor(), _details(form))
    if not form.attempt(service.add_provider, *values, allow_here=allow_here()):
        return _form_page(form, None), 422
    flash(_("The provider is kept. Look whether it answers."))
    return see_other(_ONE, provider_id=form.result.id)


@blueprint.get("/settings/sign-in/<key:provider_id>")
@needs(Permission.ACCOUNTS_PROVIDERS)
def show_provider(provider_id: str) -> str:
    """One provider: what it is, whom it knows, and whether it is required."""
    return _page(provider_id)


@blueprint.get("/settings/sign-in/<key:provider_id>/edit")
@needs(Permission.ACCOUNTS_PROVIDERS)
def edit_form(provider_id: str) -> str:
    """The form of a provider; its secret is never in it."""
    provider = get_provider(provider_id, current_actor().organisation_id)
    form = ProviderForm(obj=provider)
    form.client_secret.data = ""
    return _form_page(form, provider_id)


@blueprint.post("/settings/sign-in/<key:provider_id>/edit")
@needs(Permission.ACCOUNTS_PROVIDERS, fresh=True)
def edit_provider(provider_id: str) -> ResponseReturnValue:
    """Correct a provider."""
    form, actor = ProviderForm(), current_actor()
    values = (actor, provider_id, _version(), _details(form))
    if not form.attempt(service.edit_provider, *values, allow_here=allow_here()):
        return _form_page(form, provider_id), 422
    flash(_("Saved."))
    return see_other(_ONE, provider_id=provider_id)


@blueprint.post("/settings/sign-in/<key:provider_id>/look")
@needs(Permission.ACCOUNTS_PROVIDERS)
@at_most("20 per 10 minutes", by=network)
def look_at(provider_id: str) -> ResponseReturnValue:
    """Ask the provider what it says of itself, and show it."""
    form, actor = VersionForm(), current_actor()
    done = form.attempt(service.look_at, actor, provider_id, allow_here=allow_here())
    if not done:
        wrong = [str(one) for errors in form.errors.values() for one in errors]
        return _page(provider_id, wrong=wrong), 422
    return _page(provider_id, looked=form.result)


@blueprint.post("/settings/sign-in/<key:provider_id>/require")
@needs(Permission.ACCOUNTS_PROVIDERS, fresh=True)
def require_provider(provider_id: str) -> ResponseReturnValue:
    """From now on staff come in by the provider alone."""
    actor = current_actor()
    form = _require_form(actor.organisation_id)
    values = (actor, provider_id, _version(), form.break_glass_id.data)
    if not form.attempt(service.require_provider, *values):
        return _page(provider_id, require=form), 422
    flash(_("From now on your staff sign in by it."))
    return see_other(_ONE, provider_id=provider_id)


@blueprint.post("/settings/sign-in/<key:provider_id>/release")
@needs(Permission.ACCOUNTS_PROVIDERS, fresh=True)
def stop_requiring(provider_id: str) -> ResponseReturnValue:
    """Passwords open the door again."""
    service.stop_requiring(current_actor(), provider_id, _version())
    flash(_("Your staff may sign in by password again."))
    return see_other(_ONE, provider_id=provider_id)


@blueprint.post("/settings/sign-in/<key:provider_id>/end")
@needs(Permission.ACCOUNTS_PROVIDERS, fresh=True)
def end_provider(provider_id: str) -> ResponseReturnValue:
    """Nobody comes in by it any more."""
    service.end_provider(current_actor(), provider_id, _version())
    flash(_("The provider is removed. Your staff sign in by password."))
    return see_other(_LIST)


@blueprint.post("/settings/sign-in/ties/<key:tie_id>/loosen")
@needs(Permission.ACCOUNTS_PROVIDERS, fresh=True)
def loosen(tie_id: str) -> ResponseReturnValue:
    """Let the provider forget one account."""
    provider_id = service.loosen(current_actor(), tie_id)
    flash(_("Loosened. It is tied anew at the next sign-in."))
    return see_other(_ONE, provider_id=provider_id)


def _form_page(form: ProviderForm, provider_id: str | None) -> str:
    organisation_id = current_actor().organisation_id
    provider = get_provider(provider_id, organisation_id) if provider_id else None
    return render("accounts/edit_provider.html", form=form, provider=provider, back=way_back())


def _page(
    provider_id: str,
    *,
    looked: service.Looked | None = None,
    wrong: list[str] | None = None,
    require: RequireForm | None = None,
) -> str:
    provider = get_provider(provider_id, current_actor().organisation_id)
    page = page_number()
    managers = dict(queries.list_managers(provider.organisation_id))
    return render(
        "accounts/show_provider.html",
        provider=provider,
        looked=looked,
        wrong=wrong or [],
        require=require or _require_form(provider.organisation_id),
        tied=queries.list_tied(provider.id, page),
        break_glass=managers.get(provider.break_glass_id or "", ""),
        page=page,
        pages=queries.count_pages(provider.id),
        back=way_back(),
    )


def _require_form(organisation_id: str) -> RequireForm:
    form = RequireForm()
    managers = queries.list_managers(organisation_id)
    form.break_glass_id.choices = [SelectChoice(key, name) for key, name in managers]
    return form


def _details(form: ProviderForm) -> service.Details:
    chosen = form.second_factor.data
    return service.Details(
        name=form.name.data or "",
        issuer=form.issuer.data or "",
        client_id=form.client_id.data or "",
        client_secret=form.client_secret.data or "",
        domains=form.domains.data or "",
        required_acr=form.required_acr.data or "",
        second_factor=SecondFactor.ALWAYS if chosen == "always" else SecondFactor.CLAIMED,
    )


def _version() -> int:
    return request.form.get("version", 0, type=int)
