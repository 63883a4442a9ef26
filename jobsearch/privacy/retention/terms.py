"""The timetable: for every retention text of a column, from when, how long, and what happens."""

from jobsearch.core.text import mark as N_
from jobsearch.privacy.retention.rules import Deed, Stage, Term

_PROVIDER = N_("The provider's choice, GDPR art. 5(1)(e)")
_LEDGER = N_("Accounting Act 1336/1997, chapter 2, section 10")
_WORKING_TIME = N_("Working Hours Act 872/2019 and Annual Holidays Act 162/2005: claims period")
_CERTIFICATE = N_("Employment Contracts Act 55/2001, chapter 6, section 7")
_PROOF = N_("GDPR art. 7(1)")
_SECURITY = N_("Security of signing in, GDPR art. 32")
_RECORD = N_("Act 906/2019 section 17, GDPR art. 5(2)")

_END_OF_FOLLOW_UP = N_("the end of follow-up")
_END_OF_EMPLOYMENT = N_("the end of the employment")
_END_OF_YEAR = N_("the end of the financial year of the last pay")
_NOTHING_MORE = N_("at once")

_WORDS_GONE = Term(
    N_("Words and names of the job search, follow-up and recruitment"),
    _END_OF_FOLLOW_UP,
    _NOTHING_MORE,
    Deed.BLANKED,
    _PROVIDER,
    Stage.SEARCH,
)
_SEARCH = Term(
    N_("Plans, mornings, coaching notes and documents"),
    _END_OF_FOLLOW_UP,
    _NOTHING_MORE,
    Deed.ERASED,
    _PROVIDER,
    Stage.SEARCH,
)
_TWO_YEARS = N_("the end of that year and two years")
_WORK = Term(
    N_("Messages with coaches, notices and other working time records"),
    _END_OF_EMPLOYMENT,
    _TWO_YEARS,
    Deed.ERASED,
    _WORKING_TIME,
    Stage.WORK,
)
_TEN, _SIX, _TWO, _ONE = N_("10 years"), N_("6 years"), N_("2 years"), N_("a year")
_PAPERS = Term(
    N_("Contracts, certificates and employments"),
    _END_OF_EMPLOYMENT,
    _TEN,
    Deed.ERASED,
    _CERTIFICATE,
    Stage.PAPERS,
)
_PAY = Term(
    N_("Payslips, pay corrections, distraints and reports of wages"),
    _END_OF_YEAR,
    _TEN,
    Deed.ERASED,
    _LEDGER,
    Stage.PAPERS,
)
_NAMES = _DAYS = Term(
    N_("Name, identity code and hours"), _END_OF_YEAR, _TEN, Deed.BLANKED, _LEDGER, Stage.PAPERS
)
_VOUCHERS = Term(
    N_("Tax cards and bank accounts"), _END_OF_YEAR, _SIX, Deed.ERASED, _LEDGER, Stage.VOUCHERS
)
_CANDIDATES = Term(
    N_("Candidates who were not selected"),
    N_("the last that happened"),
    N_("the provider's months"),
    Deed.BY_JOB,
    _PROVIDER,
    "recruitment.forget",
)
_ANALYSES = Term(
    N_("Analyses and introductions"),
    N_("the end of the group or of the last permission"),
    N_("the provider's months"),
    Deed.BY_JOB,
    _PROVIDER,
    "analyses.erase_old",
)
_PROOFS = Term(
    N_("Proofs of permission"),
    N_("the last day of the permission"),
    N_("the provider's months"),
    Deed.BY_JOB,
    _PROOF,
    "analyses.erase_old",
)
_ACCOUNTS = Term(
    N_("Accounts that are closed"),
    N_("the account is closed"),
    _TWO,
    Deed.BLANKED,
    _SECURITY,
    "accounts",
)
_FACTORS = Term(
    N_("Second factors and passkeys"),
    N_("the factor is taken off"),
    _TWO,
    Deed.ERASED,
    _SECURITY,
    "factors",
)
_QUESTIONS = Term(
    N_("Questions of municipal coaches"),
    N_("the question"),
    N_("30 days"),
    Deed.BY_JOB,
    _PROVIDER,
    "analyses.forget_questions",
)
_TWO_DAYS = N_("2 days")
_DAY = Term(
    N_("Files that nobody took in"),
    N_("the upload"),
    N_("a day"),
    Deed.BY_JOB,
    _PROVIDER,
    "intake.forget",
)

_RECORDS = Term(
    N_("Requests about one's own data, and that a copy was made"),
    N_("the answer, or the making of the copy"),
    N_("3 years"),
    Deed.ERASED,
    _RECORD,
    "records",
)

TERMS: dict[str, Term] = {
    "10 years after the employment ends": _PAPERS,
    "10 years after the employment ends; what was never signed, 2 years": _PAPERS,
    "10 years from the end of the financial year": _PAY,
    "10 years from the end of the financial year; the proof until it is checked": _PAY,
    "10 years with payroll records": _NAMES,
    "2 years after the employment ends": _WORK,
    "24 months after the survey closed": Term(
        N_("Own words in surveys"),
        N_("the survey closes"),
        N_("24 months"),
        Deed.BLANKED,
        _PROVIDER,
        "surveys",
    ),
    "30 days after delivery": Term(
        N_("Messages that were sent"),
        N_("delivery"),
        N_("30 days"),
        Deed.BY_JOB,
        _PROVIDER,
        "notices.forget",
    ),
    "30 days, then erased": _QUESTIONS,
    "3 years after it was made": _RECORDS,
    "3 years after the answer": _RECORDS,
    "5 years; values are erased with the subject's key": Term(
        N_("The trail of changes and looks"),
        N_("the person is erased"),
        _NOTHING_MORE,
        Deed.SEALED,
        _RECORD,
        Stage.PAPERS,
    ),
    "6 months for who was not selected; anonymous counts remain": _CANDIDATES,
    "6 years as a voucher of payroll": _VOUCHERS,
    "6 years with payroll records": _VOUCHERS,
    "90 days after the sign-in ends": Term(
        N_("Sign-ins"),
        N_("the end of the sign-in"),
        N_("90 days"),
        Deed.BY_JOB,
        _SECURITY,
        "accounts.forget_tries",
    ),
    "a year after the last sign-in on the device": Term(
        N_("Devices that were signed in on"),
        N_("the last sign-in on the device"),
        _ONE,
        Deed.ERASED,
        _SECURITY,
        "devices",
    ),
    "as long as the conversation": _WORK,
    "as long as the person's own row": _NAMES,
    "as long as the processing goes on, and a claims period after": Term(
        N_("Who signed a review of the impact assessment"),
        N_("the end of the processing"),
        N_("a claims period"),
        Deed.KEPT,
        _RECORD,
        "",
    ),
    "as long as the data of the employment": _WORK,
    "running year and two calendar years": _WORK,
    "running year and two calendar years; in payroll 10 years": _DAYS,
    "that of the candidate": _CANDIDATES,
    "that of the document's own row": Term(
        N_("Files of documents"),
        N_("the row of the document goes"),
        _NOTHING_MORE,
        Deed.ERASED,
        _PROVIDER,
        Stage.SEARCH,
    ),
    "that of the payslip": _PAY,
    "that of the person": _NAMES,
    "that of the person or account": _ACCOUNTS,
    "that of the question, or until the person changes it": _QUESTIONS,
    "the provider's months after the group or the last consent ended, then erased": _ANALYSES,
    "two days": Term(
        N_("Codes for signing in"),
        N_("the code is asked for"),
        _TWO_DAYS,
        Deed.BY_JOB,
        _SECURITY,
        "accounts.forget_codes",
    ),
    "two years after it was answered, taken back or forgotten": Term(
        N_("Invitations of staff"),
        N_("the invitation is settled"),
        _TWO,
        Deed.ERASED,
        _SECURITY,
        "invitations",
    ),
    "until another contact person is named": Term(
        N_("The contact person whom everyone sees"),
        N_("another contact person is named"),
        _NOTHING_MORE,
        Deed.BY_JOB,
        _PROVIDER,
        "organisations.settings",
    ),
    "until it is saved or thrown away, at most 30 days": Term(
        N_("Drafts of analyses"),
        N_("the draft"),
        N_("30 days"),
        Deed.BY_JOB,
        _PROVIDER,
        "analyses.forget_drafts",
    ),
    "until it is taken in or put aside, at most a day": _DAY,
    "until the account is closed, then two years": _ACCOUNTS,
    "until the account or the provider is closed, then two years": _ACCOUNTS,
    "until the address is corrected or tried again, at most a year": Term(
        N_("Addresses that did not work"),
        N_("the failure"),
        _ONE,
        Deed.BY_JOB,
        _PROVIDER,
        "notices.forget",
    ),
    "until the end of follow-up": _SEARCH,
    "until the end of follow-up, then erased or with payroll records": _NAMES,
    "until the end of follow-up, then erased; the consent record stays": _ANALYSES,
    "until the end of follow-up; a document until it is checked": _SEARCH,
    "until the end of follow-up; anonymous counts remain": _WORDS_GONE,
    "until the end of follow-up; she takes it back whenever she wants": _SEARCH,
    "until two years after the factor or the account is closed": _FACTORS,
    "until two years after the passkey or the account is closed": _FACTORS,
    "while she introduces people, then a year": Term(
        N_("Coaches who introduced people"),
        N_("she introduces nobody any more"),
        _ONE,
        Deed.BLANKED,
        _PROVIDER,
        "referrers",
    ),
    "while the data is used and a claims period after": _PROOFS,
    "with the analysis; the consent record stays": _ANALYSES,
    "with the text": _ANALYSES,
}
"""A term for every retention text of `personal(...)`, each with its source."""

SUBMISSIONS = Term(
    N_("Forms that were answered"),
    N_("the form is answered"),
    _TWO_DAYS,
    Deed.ERASED,
    _SECURITY,
    "submissions",
)
"""A resend of an answered form is led to the first answer; a form is resent within a day."""


PAYMENT_FILES = Term(
    N_("Files of payments and reports"), _END_OF_YEAR, _TEN, Deed.ERASED, _LEDGER, "payment_files"
)
"""What a bank, the Incomes Register or another payroll was sent: it names a whole pay run."""


def timetable() -> tuple[Term, ...]:
    """Every term once, as a reader meets them."""
    return tuple(dict.fromkeys((*TERMS.values(), PAYMENT_FILES, SUBMISSIONS)))
