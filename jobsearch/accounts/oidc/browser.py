"""What pages say to and of a provider: where browsers come back to, and who may be reached."""

from flask import current_app

from jobsearch.config import Config, Mode
from jobsearch.web.addresses import absolute


def allow_here() -> bool:
    """Whether a provider may run on this machine itself: where people try things out."""
    config: Config = current_app.config["JOBSEARCH"]
    return config.mode is not Mode.PRODUCTION


def way_back() -> str:
    """The address to which a provider sends people back."""
    return absolute("oidc.show_return")
