"""One-time codes and links to a phone or an e-mail address."""
