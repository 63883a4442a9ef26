"""Second factors of staff: an app that makes codes, and recovery codes for when it is lost."""
