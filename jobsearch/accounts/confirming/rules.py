"""Rules of confirming: by what, and the words for it."""

from jobsearch.core.text import mark as N_

PURPOSE = "accounts.confirm"
NOT_YOURS = N_("This passkey does not open this account. Try again, or use another way.")
NOTHING = N_("Choose how you confirm that it is you.")
