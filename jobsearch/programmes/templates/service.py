"""Use cases of templates: keep a plan, copy one, and change its days, blocks and resources."""

from collections.abc import Sequence

from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import Words
from jobsearch.core.text import mark as N_
from jobsearch.programmes.models import Template, TemplateBlock, TemplateDay, TemplateResource
from jobsearch.programmes.pilot import SHIPPED
from jobsearch.programmes.rules import BlockPlan, DayPlan, TemplatePlan
from jobsearch.programmes.templates import queries
from jobsearch.programmes.templates.rules import (
    BlockDraft,
    DayDraft,
    check_block,
    check_day,
    check_open,
    check_place,
    check_resource,
)

_FAR = 1000  # where positions wait while they change places


def keep_template(organisation_id: str, plan: TemplatePlan, edition: int = 1) -> Template:
    """A template from a plan, as it is."""
    template = Template(
        organisation_id=organisation_id, name=plan.name, mode=plan.mode, edition=edition
    )
    template.days = [_day(organisation_id, n, day) for n, day in enumerate(plan.days, 1)]
    db.session.add(template)
    db.session.flush()
    return template


def _day(organisation_id: str, position: int, plan: DayPlan) -> TemplateDay:
    day = TemplateDay(
        organisation_id=organisation_id,
        position=position,
        week=plan.week,
        weekday=plan.weekday,
        starts_minute=plan.starts_minute,
        paid_minutes=plan.paid_minutes,
        title=plan.title,
    )
    day.blocks = [_block(organisation_id, n, block) for n, block in enumerate(plan.blocks, 1)]
    return day


def _block(organisation_id: str, position: int, plan: BlockPlan) -> TemplateBlock:
    block = TemplateBlock(
        organisation_id=organisation_id,
        position=position,
        kind=plan.kind,
        minutes=plan.minutes,
        text=plan.text,
        aim=plan.aim,
        notes=plan.notes,
    )
    block.resources = [
        TemplateResource(
            organisation_id=organisation_id,
            position=number,
            title=one.title,
            url=one.url,
            file_id=one.file_id,
        )
        for number, one in enumerate(plan.resources, 1)
    ]
    return block


def shipped_templates(actor: Actor) -> list[tuple[str, TemplatePlan]]:
    """The templates that come with the service and that the provider does not have yet."""
    return [
        (code, plan)
        for code, plan in SHIPPED.items()
        if not queries.last_edition(actor.organisation_id, plan.name)
    ]


def take_shipped(actor: Actor, code: str) -> Template:
    """A template that comes with the service, for the provider. Raises NotVisible, RuleBroken."""
    plan = SHIPPED.get(code)
    if plan is None:
        raise NotVisible
    if queries.last_edition(actor.organisation_id, plan.name):
        raise RuleBroken(N_("There is a template of this name already."))
    return keep_template(actor.organisation_id, plan)


def copy_template(actor: Actor, template_id: str, name: str) -> Template:
    """A copy that can be changed: the next edition of its name. Raises RuleBroken, NotVisible."""
    if not name:
        raise RuleBroken(N_("Enter a name for the copy."), field="name")
    plan = queries.plan_of(queries.get_whole_template(template_id))
    edition = queries.last_edition(actor.organisation_id, name) + 1
    return keep_template(actor.organisation_id, TemplatePlan(name, plan.days, plan.mode), edition)


def change_day(template_id: str, day_id: str, draft: DayDraft, seen: int) -> TemplateDay:
    """Change a day's title, beginning and paid hours.

    Raises RuleBroken, NotVisible, and Conflict when somebody changed the template meanwhile.
    """
    day = queries.day_of(_open(template_id, seen), day_id)
    check_day(draft)
    day.title, day.starts_minute = draft.title, draft.starts_minute
    day.paid_minutes = draft.paid_minutes
    db.session.flush()
    return day


def add_day(actor: Actor, template_id: str, week: int, weekday: int) -> TemplateDay:
    """A further day in its place, of three hours and without blocks yet. Raises RuleBroken."""
    template = _open(template_id)
    check_place(week, weekday, [(day.week, day.weekday) for day in template.days])
    plan = DayPlan(week, weekday, 9 * 60, 3 * 60, Words.of("–"), ())
    day = _day(actor.organisation_id, _FAR, plan)
    template.days.append(day)
    db.session.flush()
    days: list[TemplateDay] = sorted(template.days, key=lambda one: (one.week, one.weekday))
    _number(days)
    return day


def remove_day(template_id: str, day_id: str) -> None:
    """Take a day out with its blocks. Raises RuleBroken, NotVisible."""
    template = _open(template_id)
    template.days.remove(queries.day_of(template, day_id))
    db.session.flush()
    _number(template.days)


def add_block(actor: Actor, template_id: str, day_id: str, draft: BlockDraft) -> TemplateBlock:
    """A further block at the end of a day. Raises RuleBroken, NotVisible."""
    day = queries.day_of(_open(template_id), day_id)
    check_block(draft, len(day.blocks))
    plan = BlockPlan(draft.kind, draft.minutes, draft.words(), draft.aim, draft.notes)
    block = _block(actor.organisation_id, len(day.blocks) + 1, plan)
    day.blocks.append(block)
    db.session.flush()
    return block


def change_block(
    template_id: str, day_id: str, block_id: str, draft: BlockDraft, seen: int
) -> TemplateBlock:
    """Change a block's kind, minutes, words, aim and notes.

    Raises RuleBroken, NotVisible, and Conflict when somebody changed the template meanwhile.
    """
    block = queries.block_of(queries.day_of(_open(template_id, seen), day_id), block_id)
    check_block(draft, 0)
    block.kind, block.minutes, block.text = draft.kind, draft.minutes, draft.words()
    block.aim, block.notes = draft.aim, draft.notes
    db.session.flush()
    return block


def remove_block(template_id: str, day_id: str, block_id: str) -> None:
    """Take a block out of a day. Raises RuleBroken, NotVisible."""
    day = queries.day_of(_open(template_id), day_id)
    day.blocks.remove(queries.block_of(day, block_id))
    db.session.flush()
    _number(day.blocks)


def move_block(template_id: str, day_id: str, block_id: str, step: int) -> None:
    """Move a block earlier (-1) or later (1) in its day; at the edge it stays where it is."""
    day = queries.day_of(_open(template_id), day_id)
    order = list(day.blocks)
    here = order.index(queries.block_of(day, block_id))
    there = min(max(here + step, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    _number(order)


def add_link(
    actor: Actor, template_id: str, day_id: str, block_id: str, title: str, url: str
) -> None:
    """A link that participants find at the block. Raises RuleBroken, NotVisible."""
    block = queries.block_of(queries.day_of(_open(template_id), day_id), block_id)
    check_resource(title, url, len(block.resources))
    _add(actor, block, TemplateResource(title=title, url=url))


def add_file(
    actor: Actor, template_id: str, day_id: str, block_id: str, title: str, content: bytes
) -> None:
    """A PDF that participants find at the block. Raises RuleBroken, NotVisible."""
    block = queries.block_of(queries.day_of(_open(template_id), day_id), block_id)
    check_resource(title, None, len(block.resources))
    if not content.startswith(b"%PDF-"):
        raise RuleBroken(N_("Choose a PDF file."), field="file")
    stored = files.take_in(content, "application/pdf")
    _add(actor, block, TemplateResource(title=title, file_id=stored.id))


def _add(actor: Actor, block: TemplateBlock, resource: TemplateResource) -> None:
    resource.organisation_id = actor.organisation_id
    resource.position = max((one.position for one in block.resources), default=0) + 1
    block.resources.append(resource)
    db.session.flush()


def remove_resource(template_id: str, day_id: str, block_id: str, resource_id: str) -> None:
    """Take a link or a file away from a block. Raises RuleBroken, NotVisible."""
    block = queries.block_of(queries.day_of(_open(template_id), day_id), block_id)
    found = [one for one in block.resources if one.id == resource_id]
    if not found:
        raise NotVisible
    block.resources.remove(found[0])
    db.session.flush()


def _open(template_id: str, seen: int | None = None) -> Template:
    """A template that may be changed; `seen` is the version that a form was filled in on."""
    template = queries.get_whole_template(template_id)
    check_open(template.frozen_at is not None)
    if seen is not None and seen != template.version:
        raise Conflict
    template.changed_at = now()  # moves its version: of two at once, one is told to look again
    return template


def _number(rows: Sequence[TemplateDay | TemplateBlock]) -> None:
    """Positions from one on; by way of a far place, as no two rows may ever share one."""
    for far, row in enumerate(rows, _FAR):
        row.position = far
    db.session.flush()
    for number, row in enumerate(rows, 1):
        row.position = number
    db.session.flush()
