"""One-time proofs: who is signed in confirms one thing by a code to her own phone or e-mail."""
