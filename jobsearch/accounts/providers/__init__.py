"""A manager's own sign-in provider: entered, looked at, required, ended."""
