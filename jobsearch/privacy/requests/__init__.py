"""What a person asks about her data: a copy, a correction, erasure, restriction, an objection."""
