"""What of a person somebody can look at: each kind as it is written down, and in plain words."""

from enum import StrEnum

from jobsearch.core.text import mark as _


class Look(StrEnum):
    """One kind of thing that is somebody's own. Its value is stored for years: it never changes."""

    ACTION = "action"
    ACTION_HISTORY = "history of an action"
    ACTIONS = "actions"
    ACTIONS_FILE = "actions as a file"
    ALERT = "alert"
    ANALYSIS = "analysis"
    ANALYSIS_PREVIEW = "analysis_preview"
    RELEASE = "analysis_release"
    RELEASE_FILE = "analysis_pdf"
    ASKED_INTRODUCTION = "introduction by permission"
    BANK_FILE = "bank file"
    BONUS = "bonus"
    BONUSES = "bonuses"
    BONUSES_FILE = "bonuses as a file"
    BONUS_PROOF = "bonus proof"
    BOOKING = "booking"
    CANDIDATE = "candidate"
    CERTIFICATES = "certificates"
    CERTIFICATE_FILE = "certificate PDF"
    CLIENT = "client"
    CONTRACT = "contract"
    CONTRACT_FILE = "contract PDF"
    CONTRACT_RECORD = "signing record PDF"
    CONVERSATION = "conversation"
    COPY = "copy of everything"
    DATA_REQUEST = "request about data"
    DATA_REQUESTS = "requests about data"
    DETAILS = "details"
    DETAILS_FOR_PAY = "details for pay"
    DISTRAINT = "distraint"
    DOCUMENT = "document"
    DOCUMENT_FILE = "document file"
    DOCUMENTS = "documents"
    EVERYTHING = "everything taken home"
    GOALS = "goals"
    GOALS_FILE = "goals as a file"
    GOALS_HISTORY = "history of goals"
    HOURS = "hours"
    IDENTITY = "identity code and bank account"
    INTERVIEW = "interview"
    INTERVIEWS = "interviews"
    INTRODUCTION = "introduction"
    INTRODUCTION_REQUEST = "request for an introduction"
    LEAD = "lead"
    LEADS = "leads"
    LEADS_FILE = "leads as a file"
    MONTHS = "months of job search"
    OUTCOMES = "outcomes"
    PAGE = "page"
    PAY_FILE = "pay file"
    PAY_RUN = "pay run"
    PAYSLIP = "payslip"
    PAYSLIP_COPY = "payslip copy"
    PAYSLIP_FILE = "payslip PDF"
    READINESS = "readiness"
    REGISTER_FILE = "Incomes Register file"
    RESULTS = "results"
    SELECTION = "selection"
    SPARRING = "sparring notes"
    STRATEGY = "strategy"
    TAX_CARDS = "tax cards"
    TRAIL = "trail"
    TRAIL_FILE = "trail as a file"
    TRAIL_VALUES = "values in the trail"
    WORDS = "plan and debrief"


SENTENCES: dict[Look, str] = {
    Look.ACTION: _("one thing you did to find work"),
    Look.ACTION_HISTORY: _("how one thing you logged was changed"),
    Look.ACTIONS: _("what you did to find work, in a list"),
    Look.ACTIONS_FILE: _("what you did to find work, as a file"),
    Look.ALERT: _("why somebody might have a word with you"),
    Look.ANALYSIS: _("your analysis"),
    Look.ANALYSIS_PREVIEW: _("your analysis as it would look on paper"),
    Look.RELEASE: _("the analysis you gave permission to send"),
    Look.RELEASE_FILE: _("the analysis you gave permission to send, as a PDF"),
    Look.ASKED_INTRODUCTION: _("the introduction that your municipal coach wrote"),
    Look.BANK_FILE: _("your wage and bank account in the bank's file"),
    Look.BONUS: _("one bonus of yours"),
    Look.BONUSES: _("your bonuses, in a list"),
    Look.BONUSES_FILE: _("your bonuses, as a file"),
    Look.BONUS_PROOF: _("the proof of a bonus"),
    Look.BOOKING: _("your booking of an info session"),
    Look.CANDIDATE: _("what is known of you from the time before the start"),
    Look.CERTIFICATES: _("your certificates and what you asked for"),
    Look.CERTIFICATE_FILE: _("a certificate of yours, as a PDF"),
    Look.CLIENT: _("what your municipal coach sees of you"),
    Look.CONTRACT: _("your contract"),
    Look.CONTRACT_FILE: _("your contract, as a PDF"),
    Look.CONTRACT_RECORD: _("the record of how your contract was signed"),
    Look.CONVERSATION: _("your messages with your coach"),
    Look.COPY: _("everything that is kept of you, in one file"),
    Look.DATA_REQUEST: _("what you asked about your data"),
    Look.DATA_REQUESTS: _("that you have asked about your data, in a list"),
    Look.DETAILS: _("your name, contact details and groups"),
    Look.DETAILS_FOR_PAY: _("your details for pay"),
    Look.DISTRAINT: _("a distraint from your wage"),
    Look.DOCUMENT: _("one document of yours and its comments"),
    Look.DOCUMENT_FILE: _("the file of a document of yours"),
    Look.DOCUMENTS: _("the list of your documents"),
    Look.EVERYTHING: _("everything of your job search in one file"),
    Look.GOALS: _("your goals"),
    Look.GOALS_FILE: _("your goals, as a file"),
    Look.GOALS_HISTORY: _("how your goals of a day were changed"),
    Look.HOURS: _("your hours"),
    Look.IDENTITY: _("your identity code and bank account"),
    Look.INTERVIEW: _("one interview of yours"),
    Look.INTERVIEWS: _("your interviews"),
    Look.INTRODUCTION: _("how you were introduced"),
    Look.INTRODUCTION_REQUEST: _("the request to introduce you"),
    Look.LEAD: _("one job lead of yours"),
    Look.LEADS: _("your job leads"),
    Look.LEADS_FILE: _("your job leads, as a file"),
    Look.MONTHS: _("your months of job search"),
    Look.OUTCOMES: _("how things have gone for you after the programme"),
    Look.PAGE: _("a page about you"),
    Look.PAY_FILE: _("your wage in a file of a pay run"),
    Look.PAY_RUN: _("your wage in a pay run"),
    Look.PAYSLIP: _("your payslip"),
    Look.PAYSLIP_COPY: _("a copy of your payslip"),
    Look.PAYSLIP_FILE: _("your payslip, as a PDF"),
    Look.READINESS: _("what is still missing before your first day"),
    Look.REGISTER_FILE: _("your wage report to the Incomes Register"),
    Look.RESULTS: _("what came of your job search"),
    Look.SELECTION: _("how you were selected"),
    Look.SPARRING: _("what was talked about with you and what was agreed"),
    Look.STRATEGY: _("your job search strategy"),
    Look.TAX_CARDS: _("your tax cards"),
    Look.TRAIL: _("who changed and who looked at what is yours"),
    Look.TRAIL_FILE: _("who changed and who looked at what is yours, as a file"),
    Look.TRAIL_VALUES: _("what a change of something of yours was from and to"),
    Look.WORDS: _("your plan and debrief of a day"),
}
OTHER = _("other data of yours")
_KINDS = {look.value: look for look in Look}


def written(what: Look, of: str = "") -> str:
    """A look as it is stored: its kind, and the key of the one thing that it was at."""
    return f"{what}:{of}" if of else str(what)


_EMERGENCY = ":break-glass"


def in_emergency(what: str) -> str:
    """A look of an operator who had broken the provider's glass, as it is stored."""
    return f"{what}{_EMERGENCY}"


def is_in_emergency(stored: str) -> bool:
    """Whether a stored look was such a one."""
    return stored.endswith(_EMERGENCY)


def kind_of(stored: str) -> Look | None:
    """The kind of a stored look; None for one that no version of today knows any more."""
    return _KINDS.get(stored.partition(":")[0])


def sentence_of(kind: Look | None) -> str:
    """A kind in plain words, marked for translation: it stands after a name and a dash."""
    return OTHER if kind is None else SENTENCES[kind]
