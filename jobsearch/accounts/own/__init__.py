"""One's own second factors and sign-ins: set up, changed, ended."""
