"""What payroll must know of a person: identity code, bank account, tax card."""
