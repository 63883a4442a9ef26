"""Makes the key file of a new installation: `python -m jobsearch.keys`; an existing one is kept."""

import sys

from jobsearch.config import Config, ConfigRefused
from jobsearch.core.crypto import new_keyring, write_keyring


def main() -> int:
    """Make the file unless it is there, in a folder of its owner alone; say what was done."""
    try:
        path = Config.from_environment().keys_path
    except ConfigRefused as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)  # the database, the keys and what is on its way stand here
    if path.exists():
        return 0
    write_keyring(path, new_keyring())
    sys.stdout.write(f"Made new keys in {path}. Keep a copy apart from the database's backup.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
