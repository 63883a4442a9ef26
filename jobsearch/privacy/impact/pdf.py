"""The impact assessment on paper, with a line to sign on."""

from flask_babel import gettext as _

from jobsearch.pdf import blocks, styles
from jobsearch.pdf.blocks import Blocks
from jobsearch.pdf.page import Document, build
from jobsearch.privacy.impact.models import ImpactReview
from jobsearch.privacy.impact.pages import Assessment
from jobsearch.privacy.impact.risks import LEVELS, Risk
from jobsearch.web.formats import date_text


def assessment_pdf(shown: Assessment, language: str) -> bytes:
    """The PDF of the assessment in the language of its reader."""
    title = _("Data protection impact assessment")
    name = shown.register.controller.name
    return build(
        Document(
            title=f"{title} – {name}",
            author=name,
            language=language,
            subject=title,
            story=tuple(_story(shown, title, language)),
            running=(name, title),
            foot=f"{title}, {date_text(shown.on, language)}",
            number_page=lambda page, pages: _("Page %(page)d / %(pages)d", page=page, pages=pages),
            has_outline=True,
        )
    )


def _story(shown: Assessment, title: str, language: str) -> Blocks:
    one = shown.register.controller
    story = blocks.letterhead([one.name], [title, date_text(shown.on, language)])
    story += blocks.title(title)
    story += blocks.section(_("What is processed"))
    story += blocks.bullets(
        [f"{_(line.words.name)}: {_(line.words.persons)}" for line in shown.register.lines]
    )
    story += blocks.section(_("Why so and not more"))
    story += blocks.bullets([_(words) for words in shown.necessity])
    story += blocks.section(_("Risks to people, and what is done against them"))
    for number, risk in enumerate(shown.risks, start=1):
        story += _risk(number, risk)
    if shown.reviews:
        story += _decision(shown.reviews[0], language)
    else:
        story += blocks.section(_("The provider's own decision"))
        story += blocks.text(_("Nobody has reviewed this yet."))
    return story


def _risk(number: int, risk: Risk) -> Blocks:
    facts = [
        (_("Likelihood"), _(LEVELS[risk.likelihood])),
        (_("Severity"), _(LEVELS[risk.severity])),
        (_("What is left"), _(LEVELS[risk.left])),
    ]
    made = blocks.room(90) + blocks.space(8)
    made += blocks.text(f"{number}. {_(risk.words)}", styles.BODY_STRONG)
    made += blocks.facts(facts) + blocks.space(4)
    shown = (f"{_(one.words)} ({one.shown_by})" for one in risk.measures)
    return made + blocks.bullets(list(shown))


def _decision(review: ImpactReview, language: str) -> Blocks:
    made = blocks.section(_("The provider's own decision"))
    made += blocks.facts(
        [
            (_("Day of the review"), date_text(review.reviewed_on, language)),
            (_("Next review"), date_text(review.next_review_on, language)),
            (_("Name and task of who answers for it"), review.signed_by),
        ]
    )
    made += blocks.box(_("Who was asked"), [review.consulted])
    made += blocks.box(_("What you decided"), [review.words])
    return made + blocks.signatures([review.signed_by])
